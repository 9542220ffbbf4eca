import { theme as antd, type ThemeConfig } from 'antd';
import type { Scheme } from './scheme.ts';

/** The house's colours, for what reads no style sheet (charts, Ant Design's tokens); the same as in global.css. */
export interface Palette {
  readonly ink: string;
  readonly quiet: string;
  readonly line: string;
  readonly lineSoft: string;
  readonly page: string;
  readonly paper: string;
  readonly shade: string;
  readonly blue: string;
  readonly blueSoft: string;
  readonly green: string;
  readonly amber: string;
  readonly red: string;
}

export const PALETTES: Readonly<Record<Scheme, Palette>> = {
  light: {
    ink: '#1d2b3a', quiet: '#5b6b7c', line: '#dfe5ec', lineSoft: '#eef1f5', page: '#f3f5f8', paper: '#ffffff', shade: '#f7f9fb',
    blue: '#1f5582', blueSoft: '#e8f0f7', green: '#28704f', amber: '#955700', red: '#b8322a',
  },
  dark: {
    ink: '#e3e9f0', quiet: '#a3b1c0', line: '#2e3b49', lineSoft: '#27323f', page: '#10171f', paper: '#18212b', shade: '#1e2935',
    blue: '#7db3de', blueSoft: '#1d3447', green: '#6cc49b', amber: '#e0ac55', red: '#f0887d',
  },
};

/** Backgrounds of notices and tags: the seeds are made for writing, and what Ant Design would derive from them is muddy. */
const NOTICES = {
  light: {
    colorSuccessBg: '#edf7f2', colorSuccessBorder: '#b5dac8', colorWarningBg: '#fdf6e7', colorWarningBorder: '#eed6a4',
    colorErrorBg: '#fdf1ef', colorErrorBorder: '#efc4bf', colorInfoBg: '#eef4fa', colorInfoBorder: '#c3d6e8',
  },
  dark: {
    colorSuccessBg: '#16302a', colorSuccessBorder: '#285946', colorWarningBg: '#33290f', colorWarningBorder: '#5e4a1c',
    colorErrorBg: '#38201d', colorErrorBorder: '#6b3833', colorInfoBg: '#1a2f41', colorInfoBorder: '#2f516d',
  },
} as const satisfies Record<Scheme, ThemeConfig['token']>;

const MONO = 'ui-monospace, "SF Mono", "Cascadia Mono", Consolas, "DejaVu Sans Mono", "Noto Sans Mono CJK SC", monospace';

/** Ant Design in the house's colours. */
export function themeOf(scheme: Scheme): ThemeConfig {
  const { ink, quiet, line, page, paper, shade, blue, blueSoft, green, amber, red } = PALETTES[scheme];
  return {
    cssVar: { key: `duxue-${scheme}` },
    algorithm: scheme === 'dark' ? antd.darkAlgorithm : antd.defaultAlgorithm,
    token: {
      colorPrimary: blue,
      colorInfo: blue,
      colorLink: blue,
      // Ant Design's own turn too pale under the pointer.
      colorLinkHover: blue,
      colorLinkActive: blue,
      colorSuccess: green,
      colorWarning: amber,
      colorError: red,
      ...NOTICES[scheme],
      colorTextBase: ink,
      colorBgBase: paper,
      colorBgLayout: page,
      colorBgContainer: paper,
      colorBgElevated: scheme === 'dark' ? shade : paper,
      // Ant Design's own are too faint to be read by everyone on paper and page.
      colorTextTertiary: quiet,
      colorTextDescription: quiet,
      colorTextPlaceholder: quiet,
      colorTextLightSolid: scheme === 'dark' ? page : paper,
      colorBorderSecondary: line,
      borderRadius: 5,
      fontFamily: 'inherit',
      fontFamilyCode: MONO,
      fontSize: 14,
      controlHeight: 32,
      motionDurationMid: '0.12s',
      motionDurationSlow: '0.16s',
      boxShadowTertiary: '0 1px 2px rgba(29, 43, 58, 0.06)',
    },
    components: {
      Table: { headerBg: shade, headerColor: quiet, cellPaddingBlockSM: 7, cellPaddingInlineSM: 10, headerSplitColor: 'transparent', rowHoverBg: blueSoft },
      Card: { headerHeightSM: 40, headerFontSizeSM: 14, bodyPaddingSM: 14 },
      Descriptions: { itemPaddingBottom: 8, labelColor: quiet },
      Segmented: { trackBg: scheme === 'dark' ? page : '#e6ebf1', itemColor: scheme === 'dark' ? quiet : '#44525f' },
      Statistic: { contentFontSize: 22, titleFontSize: 13 },
      Tabs: { horizontalItemPadding: '10px 0', horizontalMargin: '0 0 12px 0' },
      Tooltip: { colorBgSpotlight: scheme === 'dark' ? '#33414f' : ink, colorTextLightSolid: '#ffffff' },
      Form: { itemMarginBottom: 16, verticalLabelPadding: '0 0 4px' },
    },
  };
}
