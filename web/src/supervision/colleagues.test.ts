import { expect, it } from 'vitest';
import type { Me, SupervisionDraw, User, Watch } from '~/api/schema.d.ts';
import { inspectorsAmong, seenAtWork } from './colleagues.ts';

const user = (id: string, role: User['role'], disabled_at: string | null = null): User => ({ id, username: id, display_name: id, role, institution: null, disabled_at, second_factor: false });

it('names the centre’s people who may sign in, and nobody else', () => {
  const users = [user('b', 'supervisor'), user('a', 'manager'), user('c', 'auditor'), user('d', 'institution'), user('e', 'supervisor', '2024-01-01T00:00:00Z')];
  expect(inspectorsAmong(users).map(({ id }) => id)).toEqual(['a', 'b']);
});

it('knows those who were seen at work, each once, and oneself', () => {
  const me = { user_id: 'a', display_name: '甲', institution: null } as Me;
  const watches = [
    { user: { id: 'b', display_name: '乙' }, what: 'live' }, { user: { id: 'b', display_name: '乙' }, what: 'live' }, { user: { id: 'x', display_name: '机构' }, what: 'clip' },
  ] as Watch[];
  const draws = [{ drawn_by: { id: 'c', display_name: '丙' } }] as SupervisionDraw[];
  expect(seenAtWork(me, watches, draws).map(({ id }) => id).sort()).toEqual(['a', 'b', 'c']);
});
