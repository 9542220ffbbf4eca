/** 规则判定的措辞。 */
export const zh = {
  seen: '现状：{{seen}}',
  none: '没有需要补充的事项',
  more: '还有 {{count}} 项',
};
