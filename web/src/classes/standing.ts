import type { Class } from '~/api/schema.d.ts';

export type ClassStanding = Exclude<Class['opening'], null | undefined> | Exclude<Class['settlement'], 'not_applied' | 'applied'> | 'closing' | 'planned' | 'ended';

/** Where a class is in its life, in one word: what it waits for before it runs, and after. */
export function standingOf(one: Class, today: string): ClassStanding {
  if (one.settlement !== 'not_applied') return one.settlement === 'applied' ? 'closing' : one.settlement;
  if (one.opening != null && one.opening !== 'running') return one.opening;
  if (today < one.starts_on) return 'planned';
  return one.ends_on < today ? 'ended' : 'running';
}
