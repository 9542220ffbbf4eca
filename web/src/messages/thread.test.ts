import { expect, it } from 'vitest';
import type { Message } from '~/api/schema.d.ts';
import { thread, unreadOf } from './thread.ts';

const message = (id: string, side: Message['side'], read: boolean): Message => ({
  id, side, read, files: [], text: '', sent_at: `2026-03-0${id}T00:00:00Z`, sent_by: { id: 'u', display_name: '' },
});

it('is read from the oldest to the newest, in whatever order pages came', () => {
  expect(thread([message('3', 'centre', false), message('1', 'centre', true), message('2', 'institution', true)]).map(({ id }) => id)).toEqual(['1', '2', '3']);
});

it('has read up to the newest of the other side, and never marks one’s own', () => {
  const all = [message('4', 'institution', false), message('3', 'centre', false), message('2', 'centre', false), message('1', 'centre', true)];
  expect(unreadOf(all, 'institution')).toBe('3');
  expect(unreadOf(all, 'centre')).toBe('4');
  expect(unreadOf([message('1', 'centre', true)], 'institution')).toBeNull();
});
