/** Words of a look at a camera before it is saved. */
export const zh = {
  try: '测试画面',
  trying: '正在连接，最多 12 秒…',
  hint: '保存前先看一眼：只连接一次，地址和密码不保存。',
  seen: '{{address}} 有画面：{{width}}×{{height}}，{{codec}}',
  frames: '每秒 {{count}} 帧',
  picture: '测试得到的画面',
  refused: '{{address}} 没有画面',
  sub: '子码流',
  main: '主码流',
};
