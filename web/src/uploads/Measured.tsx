import type { Video } from '~/api/schema.d.ts';
import { duration, percent } from '~/time/amounts.ts';
import styles from './uploads.module.css';
import { useUploadWords } from './words.ts';

/** What was measured of a video, in a line. */
export function Measured({ video: { width, height, codec, duration_seconds, holes, dark_share, frozen_share } }: { video: Video }) {
  const say = useUploadWords();
  return (
    <div className={styles.quiet}>
      {say('video', { width, height, codec, length: duration(duration_seconds) })} · {say('holes', { count: holes.length })} · {say('dark', { share: percent(dark_share) })} ·{' '}
      {say('frozen', { share: percent(frozen_share) })}
    </div>
  );
}
