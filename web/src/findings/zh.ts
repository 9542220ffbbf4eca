/** 疑点说明中的人脸对照。 */
export const zh = {
  compare: '人脸对照',
  compareShow: '对照花名册照片',
  compareHint: '查看会记入审计日志',
  compareMachine: '相像程度由系统估算，只供参考，是否为本人由监管人员判断。',
  onRoster: '花名册',
  takenIn: '录入于 {{date}}',
  noPortrait: '没有保存照片，或已撤回同意',
  portraitOf: '{{name}}的花名册照片',
  noneSeen: '画面中没有被认作该学员的人脸',
  seenAt: '{{time}} 画面中的人脸',
  likely: '像本人 {{share}}',
  similar: '相似度 {{value}}',
};
