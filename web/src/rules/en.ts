import type { zh } from './zh.ts';

export const en: typeof zh = {
  seen: 'Now: {{seen}}',
  none: 'Nothing is missing',
  more: 'and {{count}} more',
};
