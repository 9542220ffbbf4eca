import type { zh } from './zh.ts';

export const en: typeof zh = {
  different: 'Different people',
  differentHint: 'How many people there were over the whole session, by where they sit and whom they look like: it assumes more, and is a hint',
  teaching: 'Teaching',
  teachingTotals: 'Of lesson time: together {{together}}, few or nobody {{away}}, not seen {{unseen}}',
  spent: { together: 'The class together', few: 'Few people', empty: 'Nobody', break: 'Break', unseen: 'Not seen' },
};
