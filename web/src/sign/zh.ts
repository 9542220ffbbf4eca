/** Words of signing a record. */
export const zh = {
  pad: '签名区：请用笔、手指或鼠标签名',
  padTyped: '签名区：显示键入的姓名',
  drawing: '手写签名',
  drawingNeeded: '请签名',
  clear: '清除',
  type: '无法手写，键入姓名',
  draw: '改为手写',
  name: '姓名',
  password: '{{name}}的登录密码',
  passwordHint: '签署须再次输入密码，以确认是本人。',
  submit: '签署',
};
