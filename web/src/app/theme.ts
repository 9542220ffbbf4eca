import type { ThemeConfig } from 'antd';

/** The house's colours, also for what Ant Design does not draw (charts, time line, boxes over pictures). */
export const PALETTE = {
  ink: '#1d2b3a',
  quiet: '#5b6b7c',
  line: '#dfe5ec',
  page: '#f3f5f8',
  blue: '#1f5582',
  blueSoft: '#e8f0f7',
  green: '#2f7d5b',
  amber: '#b26a00',
  red: '#b8322a',
  grey: '#8a97a6',
} as const;

const FONTS = [
  '-apple-system', 'BlinkMacSystemFont', '"Segoe UI"', '"PingFang SC"', '"Hiragino Sans GB"', '"Microsoft YaHei"',
  '"Noto Sans CJK SC"', '"Noto Sans SC"', '"Source Han Sans SC"', 'system-ui', 'sans-serif',
].join(', ');

const MONO = 'ui-monospace, "SF Mono", "Cascadia Mono", Consolas, "DejaVu Sans Mono", "Noto Sans Mono CJK SC", monospace';

export const theme: ThemeConfig = {
  cssVar: { key: 'duxue' },
  token: {
    colorPrimary: PALETTE.blue,
    colorInfo: PALETTE.blue,
    colorLink: PALETTE.blue,
    colorSuccess: PALETTE.green,
    colorWarning: PALETTE.amber,
    colorError: PALETTE.red,
    // The seeds are dark for the sake of contrast; what Ant Design would derive for backgrounds is muddy.
    colorSuccessBg: '#edf7f2',
    colorSuccessBorder: '#b5dac8',
    colorWarningBg: '#fdf6e7',
    colorWarningBorder: '#eed6a4',
    colorErrorBg: '#fdf1ef',
    colorErrorBorder: '#efc4bf',
    colorInfoBg: '#eef4fa',
    colorInfoBorder: '#c3d6e8',
    colorTextBase: PALETTE.ink,
    colorBgLayout: PALETTE.page,
    colorBorderSecondary: PALETTE.line,
    borderRadius: 5,
    fontFamily: FONTS,
    fontFamilyCode: MONO,
    fontSize: 14,
    controlHeight: 32,
    motionDurationMid: '0.12s',
    motionDurationSlow: '0.16s',
    boxShadowTertiary: '0 1px 2px rgba(29, 43, 58, 0.06)',
  },
  components: {
    Layout: { headerBg: '#ffffff', siderBg: '#ffffff', headerHeight: 48, headerPadding: '0 16px', bodyBg: PALETTE.page },
    Menu: { itemHeight: 36, itemBorderRadius: 5, itemSelectedBg: PALETTE.blueSoft, itemSelectedColor: PALETTE.blue, activeBarBorderWidth: 0 },
    Table: { headerBg: '#f7f9fb', headerColor: PALETTE.quiet, cellPaddingBlockSM: 7, cellPaddingInlineSM: 10, headerSplitColor: 'transparent' },
    Card: { headerHeightSM: 40, headerFontSizeSM: 14, bodyPaddingSM: 14 },
    Descriptions: { itemPaddingBottom: 8, labelColor: PALETTE.quiet },
    Segmented: { trackBg: '#e6ebf1' },
    Statistic: { contentFontSize: 22, titleFontSize: 13 },
    Tabs: { horizontalItemPadding: '10px 0', horizontalMargin: '0 0 12px 0' },
    Form: { itemMarginBottom: 16, verticalLabelPadding: '0 0 4px' },
  },
};
