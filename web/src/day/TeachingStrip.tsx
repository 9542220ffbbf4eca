import type { Teaching } from '~/api/schema.d.ts';
import { placed, type Window } from '~/recordings/axis.ts';
import { duration } from '~/time/amounts.ts';
import { ms, timeOf } from '~/time/zone.ts';
import styles from './day.module.css';
import { useDayWords } from './words.ts';

/** How lesson time was spent: together, few, nobody, break, not seen. */
export function TeachingStrip({ teaching, window }: { teaching: Teaching; window: Window }) {
  const say = useDayWords();
  const lesson = { together: duration(teaching.together_seconds), away: duration(teaching.away_seconds), unseen: duration(teaching.unseen_seconds) };
  return (
    <>
      <div className={styles.strip} role="img" aria-label={`${say('teaching')} ${say('teachingTotals', lesson)}`} data-testid="teaching">
        <div className={styles.track}>
          {teaching.spans.map((span) => {
            const place = placed(window, ms(span.starts_at), ms(span.ends_at));
            return (
              place !== null && (
                <i
                  key={span.starts_at}
                  data-state={span.state}
                  title={`${timeOf(ms(span.starts_at))}–${timeOf(ms(span.ends_at))} ${say(`spent.${span.state}`)}`}
                  style={{ left: `${place.left * 100}%`, width: `${place.width * 100}%` }}
                />
              )
            );
          })}
        </div>
        <span>{say('teaching')}</span>
      </div>
      <p className={styles.totals}>{say('teachingTotals', lesson)}</p>
    </>
  );
}
