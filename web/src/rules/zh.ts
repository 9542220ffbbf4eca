/** 规则判定的措辞。 */
export const zh = {
  seen: '现状：{{seen}}',
  none: '没有需要补充的事项',
  more: '显示其余 {{count}} 项',
  about: '涉及 {{count}} 项：{{names}}',
};
