import { Card } from 'antd';
import type { ClassDay } from '~/api/schema.d.ts';
import { CoverageBar } from '~/recordings/CoverageBar.tsx';
import styles from '~/recordings/recordings.module.css';
import { stretches, totals } from '~/recordings/stretches.ts';
import { useRecordingWords } from '~/recordings/words.ts';
import { percent } from '~/time/amounts.ts';
import { minuteOf, ms } from '~/time/zone.ts';
import { useDayWords } from './words.ts';

/** What each camera has of each session, up to now. */
export function CoverageCard({ day, now }: { day: ClassDay; now: number }) {
  const sayRecording = useRecordingWords();
  const say = useDayWords();
  return (
    <Card size="small" title={say('coverage')}>
      {day.coverage.map((coverage) => {
        const session = day.sessions.find((one) => one.id === coverage.session_id);
        if (session === undefined) return null;
        const all = stretches(coverage.parts);
        const window = { from: ms(session.starts_at), to: ms(session.ends_at) };
        const { recorded, missing } = totals(all);
        const begun = window.from < now && recorded + missing > 0;
        return (
          <div key={`${coverage.camera.id}-${coverage.session_id}`} className={styles.cover}>
            <span title={coverage.camera.name}>
              {minuteOf(window.from)} {coverage.camera.name}
            </span>
            <CoverageBar all={all} window={window} />
            <span>{begun ? percent(recorded / (recorded + missing)) : sayRecording('notYet')}</span>
          </div>
        );
      })}
    </Card>
  );
}
