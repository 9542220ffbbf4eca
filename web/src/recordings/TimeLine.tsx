import { useState, type KeyboardEvent, type PointerEvent } from 'react';
import type { RecordedSession } from '~/api/schema.d.ts';
import { dateOf, DAY_MS, minuteOf, ms, startOf, timeOf } from '~/time/zone.ts';
import { pan, placed, shareOf, ticks, timeAt, zoom, type Window } from './axis.ts';
import { CoverageBar } from './CoverageBar.tsx';
import styles from './recordings.module.css';
import type { Stretch } from './stretches.ts';
import { useRecordingWords } from './words.ts';

interface TimeLineProps {
  /** All that there is to see: a day, or what a file shows. */
  whole: Window;
  window: Window;
  all: readonly Stretch[];
  sessions: readonly RecordedSession[];
  /** The instant being played. */
  cursor: number | null;
  /** A range that is chosen. */
  range?: Window | null;
  onWindow: (window: Window) => void;
  onPick: (at: number) => void;
}

/** Time, and what was recorded of it: sessions above, stretches below; click to play, wheel to zoom; arrow keys move it until something plays. */
export function TimeLine({ whole, window, all, sessions, cursor, range = null, onWindow, onPick }: TimeLineProps) {
  const say = useRecordingWords();
  const [hover, setHover] = useState<number | null>(null);
  const under = (event: PointerEvent | React.WheelEvent | React.MouseEvent): number => {
    const box = event.currentTarget.getBoundingClientRect();
    return timeAt(window, (event.clientX - box.left) / box.width);
  };
  const chosen = range === null ? null : placed(window, range.from, range.to);
  const midnight = startOf(dateOf(whole.from));
  const label = window.to - window.from < 12 * 60_000 ? timeOf : minuteOf;
  const keys = (event: KeyboardEvent) => {
    // While something plays the player takes the arrows, and the cursor moves with it.
    if (cursor !== null) return;
    if (event.key === 'ArrowLeft') onWindow(pan(whole, window, -0.25));
    else if (event.key === 'ArrowRight') onWindow(pan(whole, window, 0.25));
    else return;
    event.preventDefault();
  };
  return (
    <div>
      <div
        className={sessions.length === 0 ? `${styles.line} ${styles.bare}` : styles.line}
        role="slider"
        tabIndex={0}
        aria-label={say('axis')}
        aria-valuemin={window.from}
        aria-valuemax={window.to}
        aria-valuenow={cursor ?? window.from}
        aria-valuetext={cursor === null ? undefined : timeOf(cursor)}
        data-testid="time-line"
        onClick={(event) => onPick(under(event))}
        onPointerMove={(event) => setHover(under(event))}
        onPointerLeave={() => setHover(null)}
        onWheel={(event) => onWindow(zoom(whole, window, under(event), event.deltaY < 0 ? 0.7 : 1.4))}
        onKeyDown={keys}
      >
        <div className={styles.sessions}>
          {sessions.map((session) => {
            const place = placed(window, ms(session.starts_at), ms(session.ends_at));
            return (
              place !== null && (
                <span key={session.id} title={session.class_name} style={{ left: `${place.left * 100}%`, width: `${place.width * 100}%` }}>
                  {session.class_name}
                </span>
              )
            );
          })}
        </div>
        <CoverageBar all={all} window={window} />
        {chosen !== null && <div className={styles.chosen} style={{ left: `${chosen.left * 100}%`, width: `${chosen.width * 100}%` }} />}
        <Cursor window={window} at={cursor} className={styles.cursor} />
        {hover !== null && (
          <div className={styles.hover} data-edge={shareOf(window, hover) > 0.8 ? 'end' : undefined} style={{ left: `${shareOf(window, hover) * 100}%` }}>
            <span>{timeOf(hover)}</span>
          </div>
        )}
      </div>
      <div className={styles.ticks}>
        {ticks(midnight, window, 10).map((at) => (
          <span key={at} data-edge={edgeOf(shareOf(window, at))} style={{ left: `${shareOf(window, at) * 100}%` }}>
            {at === midnight + DAY_MS ? '24:00' : label(at)}
          </span>
        ))}
      </div>
    </div>
  );
}

function Cursor({ window, at, className }: { window: Window; at: number | null; className: string | undefined }) {
  if (at === null || at < window.from || at > window.to) return null;
  return <div className={className} data-testid="cursor" style={{ left: `${shareOf(window, at) * 100}%` }} />;
}

/** Labels at either end stand inside of it. */
function edgeOf(share: number): 'start' | 'end' | undefined {
  return share < 0.03 ? 'start' : share > 0.97 ? 'end' : undefined;
}
