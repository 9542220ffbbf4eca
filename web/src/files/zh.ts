/** 文件的上传与查看。 */
export const zh = {
  pick: '选择文件',
  replace: '更换',
  hint: 'PDF、JPEG、PNG、XLSX 或 DOCX，不超过 20 MB',
  tooBig: '文件超过 20 MB',
  open: '打开文件“{{name}}”',
  unread: '文件信息无法读取',
  print: '打印',
};
