import type { zh } from './zh.ts';

export const en: typeof zh = {
  title: 'Today’s classes',
  titleOn: 'Classes of {{date}}',
  reported: 'Reported',
  roll: 'On roll',
  likely: 'Estimated',
  difference: 'Difference',
  open: 'Open findings',
  sealed: 'Sealed clips',
  reportState: 'Daily report',
  onTime: 'On time',
  late: 'Late',
  missing: 'Not sent',
  empty: 'No classes on this day',
  totalClasses: 'Classes',
  totalReported: 'Reported present',
  totalLikely: 'Estimated present',
  totalOpen: 'Open findings',
  totalSealed: 'Sealed clips',
  notJudged: 'Not analysed',
  sendReport: 'Send report',
};
