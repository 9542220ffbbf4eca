import { useQuery } from '@tanstack/react-query';
import { usersQuery } from '~/api/queries.ts';
import type { Me, SupervisionDraw, User, UserRef, Watch } from '~/api/schema.d.ts';
import { useMay, useMe } from '~/app/access.ts';
import { newestDrawsQuery, newestWatchesQuery } from './queries.ts';

/** Everybody of the centre who may inspect, by name, from the list of users. */
export function inspectorsAmong(users: readonly User[]): UserRef[] {
  const may = users.filter((user) => (user.role === 'supervisor' || user.role === 'manager') && user.disabled_at == null);
  return byName(may.map(({ id, display_name }) => ({ id, display_name })));
}

/** Those whom the log has seen at the centre's work: what somebody who may not list users can name. */
export function seenAtWork(me: Me, watches: readonly Watch[], draws: readonly SupervisionDraw[]): UserRef[] {
  const centre = me.institution == null ? [{ id: me.user_id, display_name: me.display_name }] : [];
  return byName([...centre, ...watches.filter((watch) => watch.what === 'live').map((watch) => watch.user), ...draws.map((draw) => draw.drawn_by)]);
}

function byName(people: readonly UserRef[]): UserRef[] {
  const known = new Map(people.map((one) => [one.id, one]));
  return [...known.values()].sort((a, b) => a.display_name.localeCompare(b.display_name, 'zh-CN'));
}

/** Whom the person signed in may name as inspectors; the server refuses whoever is none. */
export function useInspectors(): readonly UserRef[] {
  const me = useMe();
  const lists = useMay('edit_user');
  const users = useQuery({ ...usersQuery, enabled: lists }).data;
  const watches = useQuery({ ...newestWatchesQuery, enabled: !lists, refetchInterval: false }).data;
  const draws = useQuery({ ...newestDrawsQuery, enabled: !lists }).data;
  return lists ? inspectorsAmong(users ?? []) : seenAtWork(me, watches ?? [], draws ?? []);
}
