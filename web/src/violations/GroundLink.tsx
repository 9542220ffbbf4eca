import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { findingQuery } from '~/api/queries.ts';
import type { Ground } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import { useTranslation } from '~/i18n/index.ts';
import { inspectionQuery } from '~/supervision/queries.ts';
import { dateOf, minuteOf, ms } from '~/time/zone.ts';
import styles from './violations.module.css';
import { useViolationWords } from './words.ts';

/** What shows a violation, in a line: of a finding its kind, whom it is about and when. */
export function GroundLink({ ground }: { ground: Ground }) {
  return ground.kind === 'finding' ? <FindingGround id={ground.id} /> : <InspectionGround id={ground.id} />;
}

function FindingGround({ id }: { id: string }) {
  const { t } = useTranslation();
  const say = useViolationWords();
  // To the institution findings are not open: it sees that there is one.
  const reads = useMay('read_finding');
  const finding = useQuery({ ...findingQuery(id), enabled: reads }).data;
  if (!reads) return <span>{say('groundFinding')}</span>;
  return (
    <>
      <Link to="/findings/$findingId" params={{ findingId: id }} style={{ textDecoration: 'underline' }}>
        {finding === undefined ? say('groundFinding') : `${t(`findings.kind.${finding.kind}`)}${finding.subject == null ? '' : ` · ${finding.subject.name}`}`}
      </Link>
      {finding !== undefined && (
        <span className={styles.when}>
          {dateOf(ms(finding.session.starts_at))} {minuteOf(ms(finding.session.starts_at))}–{minuteOf(ms(finding.session.ends_at))}
        </span>
      )}
    </>
  );
}

function InspectionGround({ id }: { id: string }) {
  const say = useViolationWords();
  const sheet = useQuery(inspectionQuery(id)).data;
  return (
    <>
      <Link to="/inspections/$inspectionId" params={{ inspectionId: id }} style={{ textDecoration: 'underline' }}>
        {say('groundInspection')}
      </Link>
      {sheet !== undefined && <span className={styles.when}>{sheet.date}</span>}
    </>
  );
}
