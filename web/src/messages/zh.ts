/** 班次往来消息。 */
export const zh = {
  hint: '机构与中心就本班次的往来，发出后不能修改或删除（R7.6）。',
  empty: '还没有往来消息',
  write: '消息内容',
  send: '发送',
  sent: '已发送',
  files: '附件',
  attach: '添加附件',
  read: '对方已读',
  unread: '对方未读',
  earlier: '更早的消息',
  needed: '请填写内容',
  thread: '往来消息',
  side: { centre: '中心', institution: '培训机构' },
};
