import { expect, it } from 'vitest';
import { navFor, startPage } from './nav.ts';

it('shows an institution neither live pictures nor findings nor the audit log', () => {
  const actions = ['read_class', 'read_camera_health', 'send_report', 'edit_roster', 'read_clip'] as const;
  expect(navFor(actions).map((entry) => entry.to)).toEqual(['/today', '/classes', '/clips', '/uploads', '/cameras']);
  expect(startPage(actions)).toBe('/today');
});

it('starts at the wall for whoever may watch', () => {
  expect(startPage(['read_class', 'watch_live'])).toBe('/wall');
});

it('has somewhere to start even without any right', () => {
  expect(startPage([])).toBe('/today');
});
