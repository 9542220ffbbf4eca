import { expect, it } from 'vitest';
import { navFor } from './nav.ts';

it('shows an institution neither live pictures nor findings nor the audit log', () => {
  const actions = ['read_class', 'read_camera_health', 'send_report', 'edit_roster', 'read_clip'] as const;
  expect(navFor(actions).map((entry) => entry.to)).toEqual(['/', '/today', '/classes', '/clips', '/uploads', '/cameras', '/catalogue']);
});

it('begins with what is due for whoever may watch too', () => {
  expect(navFor(['read_class', 'watch_live'])[0]?.to).toBe('/');
});
