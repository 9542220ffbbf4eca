import { expect, it } from 'vitest';
import type { DaySession, RemoteSupervision, Watch } from '~/api/schema.d.ts';
import { ms } from '~/time/zone.ts';
import { secondsOf, viewingsFor } from './viewings.ts';

const at = (minute: string) => `2024-10-08T${minute}:00Z`;
const NOW = ms(at('02:00'));
const sessions = [{ id: 's', venue: { id: 'v', name: '301' }, cameras: [{ id: 'c', name: '前门' }], starts_at: at('01:00'), ends_at: at('04:00'), series: [] }] as unknown as DaySession[];
const watch = (id: string, change: Partial<Watch> = {}): Watch => ({
  id, user: { id: 'me', display_name: '我' }, camera: { id: 'c', name: '前门' }, what: 'live', stream: 'sub', opened_at: at('01:10'), closed_at: at('01:20'), seconds: 600, ...change,
});

it('takes one’s own live viewings of the class’s cameras, cut to its sessions', () => {
  const found = viewingsFor([watch('a', { opened_at: at('00:30') })], sessions, [], 'me', NOW);
  expect(found).toEqual([{ id: 'a', camera: '前门', from: ms(at('01:00')), to: ms(at('01:20')), open: false }]);
  expect(secondsOf(found)).toBe(1200);
});

it('counts one that goes on up to now', () => {
  const found = viewingsFor([watch('a', { opened_at: at('01:50'), closed_at: null })], sessions, [], 'me', NOW);
  expect(found[0]?.open).toBe(true);
  expect(secondsOf(found)).toBe(600);
});

it('leaves out somebody else’s, another camera’s, recordings, those before the lesson and those signed already', () => {
  const others = [
    watch('a', { user: { id: 'you', display_name: '他' } }), watch('b', { camera: { id: 'd', name: '走廊' } }), watch('c', { what: 'recording' }),
    watch('d', { opened_at: at('00:10'), closed_at: at('00:20') }), watch('e'),
  ];
  const records = [{ watches: [{ watch_id: 'e', seconds: 600 }] }] as RemoteSupervision[];
  expect(viewingsFor(others, sessions, records, 'me', NOW)).toEqual([]);
});
