import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import type { Timetable, TimetableChange } from '~/api/schema.d.ts';
import { DecideTeaching } from './DecideTeaching.tsx';

/** The centre's word on a timetable (R7.2a). */
export function DecideTimetable({ timetable, onClose }: { timetable: Timetable; onClose: () => void }) {
  return (
    <DecideTeaching
      needsReason={timetable.findings.length > 0}
      onClose={onClose}
      send={(body) => ask(api.POST('/timetables/{id}/decision', { params: { path: { id: timetable.id } }, body }))}
    />
  );
}

/** The centre's word on a change of one. */
export function DecideChange({ change, onClose }: { change: TimetableChange; onClose: () => void }) {
  return (
    <DecideTeaching
      needsReason={false}
      onClose={onClose}
      send={(body) => ask(api.POST('/timetable-changes/{id}/decision', { params: { path: { id: change.id } }, body }))}
    />
  );
}
