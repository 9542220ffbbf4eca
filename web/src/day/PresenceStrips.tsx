import { useState, type PointerEvent } from 'react';
import type { Coverage, StudentPresence, Teaching } from '~/api/schema.d.ts';
import { placed, shareOf, timeAt, type Window } from '~/recordings/axis.ts';
import { CoverageBar } from '~/recordings/CoverageBar.tsx';
import { stretches } from '~/recordings/stretches.ts';
import { ms, timeOf } from '~/time/zone.ts';
import styles from './day.module.css';
import { byPresence } from './presence.ts';
import { TeachingStrip } from './TeachingStrip.tsx';
import { useDayWords } from './words.ts';

interface PresenceStripsProps {
  students: readonly StudentPresence[];
  coverage: readonly Coverage[];
  /** How the time was spent; null before the first sample. */
  teaching: Teaching | null;
  /** The time that the chart above shows: the strips stand below it, second under second. */
  window: Window;
  /** Goes to the recording at an instant; null for those who may not watch it. */
  onPick: ((at: number) => void) | null;
}

/** Below the count of people, on its time axis: what each camera recorded, and from when to when each student was seen. */
export function PresenceStrips({ students, coverage, teaching, window, onPick }: PresenceStripsProps) {
  const say = useDayWords();
  const [hover, setHover] = useState<number | null>(null);
  const under = (event: PointerEvent | React.MouseEvent): number => {
    const box = event.currentTarget.getBoundingClientRect();
    return timeAt(window, (event.clientX - box.left) / box.width);
  };
  return (
    <div className={styles.strips} data-testid="strips">
      <div
        className={styles.over}
        data-pick={onPick !== null}
        title={onPick === null ? undefined : say('stripsHint')}
        onPointerMove={(event) => setHover(under(event))}
        onPointerLeave={() => setHover(null)}
        onClick={(event) => onPick?.(under(event))}
      >
        {hover !== null && (
          <span className={styles.hover} style={{ left: `${shareOf(window, hover) * 100}%` }}>
            <b>{timeOf(hover)}</b>
          </span>
        )}
      </div>
      {coverage.map((one) => (
        <div key={one.camera.id} className={styles.strip}>
          <CoverageBar all={stretches(one.parts)} window={window} />
          <span title={one.camera.name}>{one.camera.name}</span>
        </div>
      ))}
      {teaching !== null && teaching.spans.length > 0 && <TeachingStrip teaching={teaching} window={window} />}
      {byPresence(students).map((student) => (
        <Strip key={student.student_id} student={student} window={window} />
      ))}
    </div>
  );
}

function Strip({ student, window }: { student: StudentPresence; window: Window }) {
  const say = useDayWords();
  const { first_seen, last_seen, name, presence } = student;
  const place = first_seen == null || last_seen == null ? null : placed(window, ms(first_seen), Math.max(ms(last_seen), ms(first_seen) + 1));
  const times = first_seen == null || last_seen == null ? '' : ` ${timeOf(ms(first_seen))}–${timeOf(ms(last_seen))}`;
  const told = `${name} · ${say(`presence.${presence}`)}${times}`;
  return (
    <div className={styles.strip} role="img" aria-label={told} data-presence={presence}>
      <div className={styles.track}>{place !== null && <i style={{ left: `${place.left * 100}%`, width: `${Math.max(0.004, place.width) * 100}%` }} />}</div>
      <span title={told}>{name}</span>
    </div>
  );
}
