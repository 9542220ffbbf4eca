import { Link } from '@tanstack/react-router';
import { useTranslation } from '~/i18n/index.ts';
import { ReplayLink } from '~/recordings/ReplayLink.tsx';
import { timeOf } from '~/time/zone.ts';
import type { FindingMark } from './countChart.ts';
import styles from './day.module.css';
import { useDayWords } from './words.ts';

/** The chart's marks in words, for those who do not point: each leads to its findings and to the recording at that second. */
export function MarkList({ marks }: { marks: readonly FindingMark[] }) {
  const { t } = useTranslation();
  const say = useDayWords();
  if (marks.length === 0) return null;
  return (
    <ul className={styles.marks} aria-label={say('marks')} data-testid="marks">
      {marks.map((mark) => (
        <li key={mark.at}>
          {mark.camera === null ? <span>{timeOf(mark.at)}</span> : <ReplayLink camera={mark.camera} at={mark.at} />}
          {mark.findings.map((finding) => (
            <Link key={finding.id} to="/findings/$findingId" params={{ findingId: finding.id }}>
              {t(`findings.kind.${finding.kind}`)}
              {finding.subject != null && ` · ${finding.subject.name}`}
            </Link>
          ))}
        </li>
      ))}
    </ul>
  );
}
