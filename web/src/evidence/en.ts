import type { zh } from './zh.ts';

export const en: typeof zh = {
  rule: 'At least {{clips}} clips a class, {{month}} a month, {{days}} days apart, of {{length}} each (R9.1)',
  outlook: { met: 'The evidence is complete', open: 'Complete once the planned days are recorded', no_days: 'No training days yet', out_of_reach: 'Cannot be complete any more' },
  month: '{{month}}: {{counted}} of {{needed}}',
  setAside: 'Clips that do not count',
  package: 'Download everything of the class',
  legend: 'Legend',
  day: { counted: 'Counts', planned: 'Planned', open: 'Can be recorded', lost: 'Lost' },
};
