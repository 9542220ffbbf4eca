import { useTranslation } from '~/i18n/index.ts';
import { timeOf } from '~/time/zone.ts';
import { causeKey } from '~/ui/cameraWords.ts';
import type { Instant } from './instant.ts';
import styles from './recordings.module.css';
import { useRecordingWords } from './words.ts';

interface NoFootageProps {
  at: number | null;
  /** What there is at `at`; null when nothing was asked for yet. */
  instant: Instant | null;
}

/** What stands in the player's place, and why nothing plays there. */
export function NoFootage({ at, instant }: NoFootageProps) {
  const words = useWords();
  return (
    <div className={styles.idle} role="status" data-testid="no-footage">
      {words(at, instant)}
    </div>
  );
}

function useWords() {
  const { t } = useTranslation();
  const say = useRecordingWords();
  return (at: number | null, instant: Instant | null): string => {
    if (at === null || instant === null) return say('playHint');
    const time = timeOf(at);
    switch (instant.kind) {
      case 'missing':
        return say('nothingAt', { time, cause: t(causeKey(instant.cause)) });
      case 'being_written':
        return say('beingWritten', { time });
      case 'to_come':
        return say('toCome', { time });
      // Recorded, but the segment cannot be named: as good as unaccounted for.
      case 'recorded':
      case 'unaccounted':
        return say('unaccounted', { time });
    }
  };
}
