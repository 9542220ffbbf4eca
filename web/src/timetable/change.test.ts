import { expect, it } from 'vitest';
import type { Lesson } from '~/api/schema.d.ts';
import { toChange } from './change.ts';

const lesson: Lesson = { id: 'l', date: '2026-03-02', starts_at: '2026-03-02T00:30:00Z', ends_at: '2026-03-02T01:15:00Z', subject: '理论', teacher: '甲', venue_id: 'v' };

it('moves a lesson to another day at its hour, as the same lesson', () => {
  const change = toChange([lesson], { how: 'move', date: '2026-03-09', teacher: ' ', reason: '停电' });
  expect(change.withdrawn).toEqual(['l']);
  expect(change.added).toEqual([{ id: 'l', starts_at: '2026-03-09T00:30:00.000Z', ends_at: '2026-03-09T01:15:00.000Z', subject: '理论', teacher: '甲', venue_id: 'v' }]);
});

it('replaces who teaches, and where', () => {
  expect(toChange([lesson], { how: 'move', teacher: '乙', venue_id: 'w', reason: '生病' }).added?.[0]).toMatchObject({ teacher: '乙', venue_id: 'w', starts_at: '2026-03-02T00:30:00.000Z' });
});

it('cancels without anything instead', () => {
  expect(toChange([lesson], { how: 'cancel', reason: '台风' })).toEqual({ withdrawn: ['l'], added: [], reason: '台风' });
});
