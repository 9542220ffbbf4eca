import { Link } from '@tanstack/react-router';
import { Card } from 'antd';
import { FindingStateTag } from '~/findings/FindingStateTag.tsx';
import { useTranslation } from '~/i18n/index.ts';
import { timeOf } from '~/time/zone.ts';
import type { Mark } from './marks.ts';
import styles from './player.module.css';
import { usePlayerWords } from './words.ts';

/** The marks in words: the time leads to the pictures, the rest to the finding. */
export function MarkCard({ marks, onPick }: { marks: readonly Mark[]; onPick: (at: number) => void }) {
  const { t } = useTranslation();
  const say = usePlayerWords();
  if (marks.length === 0) return null;
  const count = marks.reduce((sum, mark) => sum + mark.findings.length, 0);
  return (
    <Card size="small" title={`${say('marks')} (${count})`} styles={{ body: { padding: 0, maxHeight: 330, overflow: 'auto' } }} data-testid="mark-card">
      <ul className={styles.list}>
        {marks.flatMap((mark) =>
          mark.findings.map((finding) => (
            <li key={finding.id}>
              <button type="button" onClick={() => onPick(mark.at)}>
                {timeOf(mark.at)}
              </button>
              <Link to="/findings/$findingId" params={{ findingId: finding.id }}>
                {t(`findings.kind.${finding.kind}`)}
                {finding.subject != null && ` · ${finding.subject.name}`}
              </Link>
              <FindingStateTag state={finding.state} />
            </li>
          )),
        )}
      </ul>
    </Card>
  );
}
