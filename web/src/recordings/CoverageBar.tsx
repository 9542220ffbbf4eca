import { Tooltip } from 'antd';
import { useTranslation } from '~/i18n/index.ts';
import { duration } from '~/time/amounts.ts';
import { timeOf } from '~/time/zone.ts';
import { causeKey } from '~/ui/cameraWords.ts';
import { placed, type Window } from './axis.ts';
import styles from './recordings.module.css';
import type { Stretch } from './stretches.ts';
import { useRecordingWords } from './words.ts';

interface CoverageBarProps {
  all: readonly Stretch[];
  window: Window;
}

/** Recorded and missing time as a bar; each stretch says what it is under the pointer. */
export function CoverageBar({ all, window }: CoverageBarProps) {
  const { t } = useTranslation();
  const say = useRecordingWords();
  return (
    <div className={styles.bar}>
      {all.map((stretch) => {
        const place = placed(window, stretch.start, stretch.end);
        if (place === null) return null;
        const what = stretch.missing === null ? say('recorded') : `${say('missing')} · ${t(causeKey(stretch.missing))}`;
        return (
          <Tooltip key={stretch.start} mouseEnterDelay={0.25} title={`${timeOf(stretch.start)}–${timeOf(stretch.end)} · ${duration((stretch.end - stretch.start) / 1000)} · ${what}`}>
            <i
              className={stretch.missing === null ? styles.recorded : stretch.missing === 'pruned' ? styles.pruned : styles.missing}
              style={{ left: `${place.left * 100}%`, width: `${place.width * 100}%` }}
            />
          </Tooltip>
        );
      })}
    </div>
  );
}
