import type { zh } from './zh.ts';

export const en: typeof zh = {
  pick: 'Choose a file',
  replace: 'Replace',
  hint: 'PDF, JPEG, PNG, XLSX or DOCX, up to 20 MB',
  tooBig: 'The file is larger than 20 MB',
  open: 'Open the file “{{name}}”',
  unread: 'The file’s details cannot be read',
  print: 'Print',
};
