import type { zh } from './zh.ts';

export const en: typeof zh = {
  watches: {
    title: 'Viewings',
    who: 'Who',
    what: 'What',
    kind: { live: 'Live', recording: 'Recording', clip: 'Clip' },
    opened: 'From',
    closed: 'To',
    seconds: 'Length',
    ongoing: 'Watching',
    empty: 'No viewings yet',
  },
  title: 'Audit log',
  chain: 'Check the chain',
  chainOk: 'The chain holds: {{entries}} entries, each following the one before',
  chainBroken: 'The chain is broken at entry {{seq}}',
  chainBrokenHint: 'That entry or one before it was altered after it was written.',
  seq: 'No.',
  actor: 'Who',
  system: 'System',
  action: 'Action',
  subject: 'Subject',
  detail: 'Detail',
  hash: 'Chain hash',
  empty: 'No entries yet',
};
