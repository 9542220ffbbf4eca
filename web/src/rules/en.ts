import type { zh } from './zh.ts';

export const en: typeof zh = {
  seen: 'Now: {{seen}}',
  none: 'Nothing is missing',
  more: 'Show {{count}} more',
  about: '{{count}} concerned: {{names}}',
};
