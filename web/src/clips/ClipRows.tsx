import { Link } from '@tanstack/react-router';
import type { Clip } from '~/api/schema.d.ts';
import styles from '~/findings/findings.module.css';
import { useText } from '~/i18n/index.ts';
import { duration } from '~/time/amounts.ts';
import { ms, timeOf } from '~/time/zone.ts';
import { PolicyTag } from '~/ui/PolicyTag.tsx';
import { ClipStateTag } from './ClipStateTag.tsx';

/** Clips in a narrow column. */
export function ClipRows({ clips }: { clips: readonly Clip[] }) {
  const text = useText();
  return (
    <ul className={styles.rows}>
      {clips.map((clip) => {
        const span = clip.span ?? clip.wanted;
        return (
          <li key={clip.id} data-testid="clip-row">
            <Link to="/clips/$clipId" params={{ clipId: clip.id }} className={styles.row}>
              <span className={styles.rowHead}>
                <b>
                  {timeOf(ms(span.start))}–{timeOf(ms(span.end))}
                </b>
                <ClipStateTag state={clip.state} />
              </span>
              <span className={styles.rowFoot}>
                <span className={styles.rowText}>
                  {clip.camera.name}
                  {clip.duration_seconds != null && ` · ${duration(clip.duration_seconds)}`}
                </span>
                <PolicyTag policy={clip.policy} />
              </span>
              {clip.failure != null && <span className={styles.rowText}>{text(clip.failure)}</span>}
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
