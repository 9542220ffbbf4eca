import { minuteOf, ms } from '~/time/zone.ts';
import styles from './kiosk.module.css';
import type { Told } from './useDesk.ts';
import { useKioskWords } from './words.ts';

/** Beyond this a punch may not count: the clock must be set. */
const SKEW_MS = 60_000;

/** Which classes are taught here today and when their check-in counts; and whether this clock is wrong. */
export function Today({ told }: { told: Told | null }) {
  const say = useKioskWords();
  if (told === null) return null;
  const window = ({ opens, closes }: { opens: string; closes: string }) => `${minuteOf(ms(opens))}–${minuteOf(ms(closes))}`;
  const { venue, classes } = told.kiosk;
  return (
    <div className={styles.today}>
      {Math.abs(told.aheadMs) > SKEW_MS && (
        <p className={styles.skew} role="alert">
          {say('skew', { minutes: Math.round(Math.abs(told.aheadMs) / 60_000) })}
        </p>
      )}
      <ul aria-label={venue.name}>
        {classes.length === 0 && <li>{say('noClass')}</li>}
        {classes.map((one) => (
          <li key={one.class.id}>
            <b>{one.class.name}</b> {say('today', { in: window(one.sign_in), out: window(one.sign_out) })}
          </li>
        ))}
      </ul>
    </div>
  );
}
