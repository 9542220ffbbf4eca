import type { zh } from './zh.ts';

export const en: typeof zh = {
  range: 'Range to export',
  from: 'Begin here',
  until: 'End here',
  save: 'Export this range',
  saving: 'Cutting {{done}} / {{total}}',
  saved: 'Exported {{span}}, {{length}} long. It begins at the nearest key frame; no picture was encoded again.',
  clear: 'Clear the range',
  hint: 'A copy for viewing, without a seal; for evidence, have a clip cut and sealed on the class’s day page. Each reading is in the audit log.',
  none: 'There is no recording in this time',
  tooLong: 'At most {{hours}} hours at once',
  changed: 'The camera changed its picture format at {{time}}: export the two parts one by one',
  unreadable: 'This recording cannot be cut',
  unfetched: 'The recording could not be read ({{status}}): try again',
  holes: '{{length}} of it is missing; the picture stands still there',
  watch: 'Watch in the recording',
};
