import type { OutageCause } from '~/api/schema.d.ts';
import { stretchAt, type Stretch } from './stretches.ts';

/** What there is of a camera at an instant. */
export type Instant =
  | { readonly kind: 'recorded' }
  | { readonly kind: 'missing'; readonly cause: OutageCause }
  /** It has passed, but its segment is not closed yet: the account ends before it. */
  | { readonly kind: 'being_written' }
  | { readonly kind: 'to_come' }
  /** Nobody accounted for it. */
  | { readonly kind: 'unaccounted' };

/** Says what there is at `at`; `all` is the day's account up to now, in order of time. */
export function instantOf(all: readonly Stretch[], at: number, now: number): Instant {
  const stretch = stretchAt(all, at);
  if (stretch !== null) return stretch.missing === null ? { kind: 'recorded' } : { kind: 'missing', cause: stretch.missing };
  if (at > now) return { kind: 'to_come' };
  const last = all.at(-1);
  return last !== undefined && last.end <= at && last.missing === null ? { kind: 'being_written' } : { kind: 'unaccounted' };
}
