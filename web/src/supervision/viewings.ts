import type { DaySession, RemoteSupervision, Watch } from '~/api/schema.d.ts';
import { ms } from '~/time/zone.ts';

/** A viewing of one's own that showed a class's teaching live, as far as this page can tell; the server reckons again. */
export interface Viewing {
  readonly id: string;
  readonly camera: string;
  readonly from: number;
  readonly to: number;
  /** Whether it still goes on. */
  readonly open: boolean;
}

/** The viewings that a record of today would rest on: live, of cameras before the class, in its sessions, not yet in a record. */
export function viewingsFor(
  watches: readonly Watch[], sessions: readonly DaySession[], records: readonly RemoteSupervision[], me: string, now: number,
): Viewing[] {
  const used = new Set(records.flatMap((record) => record.watches.map((watch) => watch.watch_id)));
  return watches
    .filter((watch) => watch.user.id === me && watch.what === 'live' && !used.has(watch.id))
    .flatMap((watch) => {
      const [from, to] = [ms(watch.opened_at), watch.closed_at == null ? now : ms(watch.closed_at)];
      const seen = sessions
        .filter((session) => session.cameras.some((camera) => camera.id === watch.camera.id))
        .map((session) => ({ from: Math.max(from, ms(session.starts_at)), to: Math.min(to, ms(session.ends_at)) }))
        .filter((part) => part.to > part.from);
      const first = seen[0];
      if (first === undefined) return [];
      return [{ id: watch.id, camera: watch.camera.name, from: first.from, to: Math.max(...seen.map((part) => part.to)), open: watch.closed_at == null }];
    })
    .sort((a, b) => a.from - b.from);
}

/** Seconds of teaching watched in all, each second of a viewing once. */
export function secondsOf(viewings: readonly Viewing[]): number {
  return viewings.reduce((sum, { from, to }) => sum + Math.max(0, to - from) / 1000, 0);
}
