import { Link } from '@tanstack/react-router';
import type { Finding } from '~/api/schema.d.ts';
import { useText, useTranslation } from '~/i18n/index.ts';
import { ReplayLink } from '~/recordings/ReplayLink.tsx';
import { ms } from '~/time/zone.ts';
import { PolicyTag } from '~/ui/PolicyTag.tsx';
import { Confidence } from './Confidence.tsx';
import styles from './findings.module.css';
import { FindingStateTag } from './FindingStateTag.tsx';

/** Findings in a narrow column: open ones first, the surest first. */
export function FindingRows({ findings }: { findings: readonly Finding[] }) {
  const { t } = useTranslation();
  const text = useText();
  const sorted = findings.toSorted((a, b) => Number(b.state === 'open') - Number(a.state === 'open') || b.confidence - a.confidence);
  return (
    <ul className={styles.rows}>
      {sorted.map((finding) => (
        <li key={finding.id} data-testid="finding-row">
          <Link to="/findings/$findingId" params={{ findingId: finding.id }} className={styles.row}>
            <span className={styles.rowHead}>
              <b>{t(`findings.kind.${finding.kind}`)}</b>
              {finding.subject != null && <span>{finding.subject.name}</span>}
              <FindingStateTag state={finding.state} />
            </span>
            <span className={styles.rowText}>{text(finding.seen)}</span>
            <span className={styles.rowFoot}>
              <Confidence value={finding.confidence} named />
              <PolicyTag policy={finding.policy} />
            </span>
          </Link>
          <FirstFrame finding={finding} />
        </li>
      ))}
    </ul>
  );
}

function FirstFrame({ finding }: { finding: Finding }) {
  const first = finding.frames[0];
  if (first?.camera == null) return null;
  return (
    <div className={styles.rowReplay}>
      <ReplayLink camera={first.camera} at={ms(first.at)} />
    </div>
  );
}
