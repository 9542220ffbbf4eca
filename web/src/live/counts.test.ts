import { expect, it } from 'vitest';
import type { CurrentSession } from '~/api/schema.d.ts';
import { countsOf } from './counts.ts';

const session: CurrentSession = {
  session_id: 's', class_id: 'c', class_name: 'n', starts_at: '2026-11-23T00:30:00Z', ends_at: '2026-11-23T03:30:00Z',
  people_now: 3, people_likely: 20, reported_present: 20, open_findings: 2,
};

it('alarms over the estimate, not over one picture in which some look away', () => {
  expect(countsOf(session)).toEqual({ now: 3, likely: 20, reported: 20, short: false, open: 2 });
  expect(countsOf({ ...session, people_likely: 17 }).short).toBe(true);
});

it('says nothing about what is not known', () => {
  const unknown = countsOf({ ...session, people_now: null, people_likely: null, reported_present: null, open_findings: null });
  expect(unknown).toEqual({ now: null, likely: null, reported: null, short: false, open: 0 });
});
