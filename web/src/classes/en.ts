import type { zh } from './zh.ts';

export const en: typeof zh = {
  standing: {
    draft: 'Being filled in', self_checked: 'To be filed on site', filed: 'Filed, to be applied for', applied: 'To be approved', approved: 'Approved, to start', planned: 'Not started', running: 'Running', ended: 'Close-out to be applied for',
    closing: 'Close-out to be decided', accepted: 'Closed out, subsidy to be claimed', claimed: 'Subsidy to be reckoned', reckoned: 'Reckoned, to be published', noticed: 'Published', paid: 'Paid',
  },
};
