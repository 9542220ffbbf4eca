/** 录像的截取与标记。 */
export const zh = {
  range: '截取范围',
  from: '以此刻为起点',
  until: '以此刻为终点',
  save: '导出这一段',
  saving: '正在截取 {{done}} / {{total}}',
  saved: '已导出 {{span}}，时长 {{length}}。从最近的关键帧开始，画面未重新编码。',
  clear: '清除范围',
  hint: '供查看的副本，不带封条；作为证据请在班次当日页面截取并封存视频资料。每次读取都记入审计日志。',
  none: '这段时间没有录像',
  tooLong: '一次最多导出 {{hours}} 小时',
  changed: '摄像头在 {{time}} 改变了画面格式，请分两段导出',
  unreadable: '这段录像无法截取',
  unfetched: '录像读取失败（{{status}}），请重试',
  holes: '其中缺失 {{length}}，画面在该处静止',
  watch: '在录像中查看',
};
