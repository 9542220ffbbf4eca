import { Link } from '@tanstack/react-router';
import type { Likeness } from '~/api/schema.d.ts';
import styles from '~/findings/findings.module.css';
import { duration, percent } from '~/time/amounts.ts';
import { LikenessStateTag } from './LikenessStateTag.tsx';
import { sidesOf } from './sides.ts';
import { useLikenessWords } from './words.ts';

/** Likenesses of one upload in a narrow column. */
export function LikenessRows({ all, upload }: { all: readonly Likeness[]; upload: string }) {
  const say = useLikenessWords();
  return (
    <ul className={styles.rows}>
      {all.map((likeness) => {
        const other = sidesOf(likeness).find((side) => side?.id !== upload);
        return (
          <li key={likeness.id} data-testid="likeness-row">
            <Link to="/likenesses/$likenessId" params={{ likenessId: likeness.id }} className={styles.row}>
              <span className={styles.rowHead}>
                <b>{percent(likeness.alike)}</b>
                <span style={{ overflowWrap: 'anywhere' }}>{other?.name}</span>
                <LikenessStateTag state={likeness.state} />
              </span>
              <span className={styles.rowText}>
                {say('from', { from: duration(likeness.span.from), length: duration(likeness.span.until - likeness.span.from) })}
                {likeness.same_file && ` · ${say('sameFile')}`}
              </span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
