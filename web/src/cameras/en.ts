import type { zh } from './zh.ts';

export const en: typeof zh = {
  try: 'Look at it',
  trying: 'Connecting, for at most 12 seconds…',
  hint: 'A look before it is saved: it is connected to once, and neither address nor password is kept.',
  seen: '{{address}} gives a picture: {{width}}×{{height}}, {{codec}}',
  frames: '{{count}} pictures a second',
  picture: 'The picture that came',
  refused: '{{address}} gives no picture',
  sub: 'Sub stream',
  main: 'Main stream',
};
