import { Tooltip } from 'antd';
import { shareOf, type Window } from '~/recordings/axis.ts';
import { timeOf } from '~/time/zone.ts';
import { grouped, type Mark } from './marks.ts';
import styles from './player.module.css';
import { useMarkWords } from './useMarkWords.ts';
import { usePlayerWords } from './words.ts';

/** Marks nearer than this share of the width are one. */
const APART = 0.02;

interface MarkRowProps {
  marks: readonly Mark[];
  window: Window;
  onPick: (at: number) => void;
}

/** Findings as pins over the time line; a press goes to the second where the first of them shows. */
export function MarkRow({ marks, window, onPick }: MarkRowProps) {
  const say = usePlayerWords();
  const words = useMarkWords();
  if (marks.length === 0) return null;
  return (
    <div className={styles.marks} role="group" aria-label={say('marks')} data-testid="mark-row">
      {grouped(marks, window, APART).map((mark) => (
        <Tooltip key={mark.at} title={`${timeOf(mark.at)} ${words(mark.findings)}`}>
          <button
            type="button"
            style={{ left: `${shareOf(window, mark.at) * 100}%` }}
            data-decided={mark.findings.every((finding) => finding.state !== 'open')}
            aria-label={`${timeOf(mark.at)} ${words(mark.findings)}`}
            onClick={() => onPick(mark.at)}
          >
            {mark.findings.length}
          </button>
        </Tooltip>
      ))}
    </div>
  );
}
