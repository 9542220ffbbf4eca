import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import type { Class, SupervisionStanding } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import { useText, useTranslation } from '~/i18n/index.ts';
import { Loaded } from '~/ui/Loaded.tsx';
import { InspectionList } from './InspectionList.tsx';
import { supervisionQuery } from './queries.ts';
import RecordDialog from './RecordDialog.tsx';
import { RecordList } from './RecordList.tsx';
import { StandingTag } from './StandingTag.tsx';
import styles from './supervision.module.css';
import { Weeks } from './Weeks.tsx';
import { useSupervisionWords } from './words.ts';

/** A class's supervision (R7.4). An institution's people see the sheets that they sign, and nothing else of it. */
export function SupervisionTab({ one, today }: { one: Class; today: string }) {
  const reads = useMay('read_supervision');
  return (
    <div className={styles.stack}>
      {reads && <Remote one={one} today={today} />}
      <InspectionList one={one} />
    </div>
  );
}

function Remote({ one, today }: { one: Class; today: string }) {
  const say = useSupervisionWords();
  const signs = useMay('supervise');
  const [recording, setRecording] = useState(false);
  const query = useQuery(supervisionQuery(one.id));
  return (
    <>
      <Loaded query={query}>
        {(standing) => (
          <>
            <Overdue standing={standing} />
            <section>
              <div className={styles.head}>
                <h3>{say('weeks')}</h3>
                <span className={styles.quiet}>{say('quotaHint')}</span>
              </div>
              <Weeks weeks={standing.weeks} today={today} />
            </section>
            <Visits standing={standing} />
          </>
        )}
      </Loaded>
      <section>
        <div className={styles.head}>
          <h3>{say('records')}</h3>
          {signs && (
            <Button type="primary" onClick={() => setRecording(true)} data-testid="record-supervision">
              {say('recordSign')}
            </Button>
          )}
        </div>
        <RecordList classId={one.id} />
      </section>
      {recording && <RecordDialog classId={one.id} className={one.name} onClose={() => setRecording(false)} />}
    </>
  );
}

function Overdue({ standing }: { standing: SupervisionStanding }) {
  const say = useSupervisionWords();
  const text = useText();
  if (standing.findings.length === 0) return null;
  return (
    <section>
      <div className={styles.head}>
        <h3>{say('overdue')}</h3>
      </div>
      <ul className={styles.wrong} data-testid="overdue">
        {standing.findings.map((finding, n) => (
          <li key={`${finding.rule} ${n}`}>
            {text(finding.expected)}；{text(finding.seen)}（{finding.rule}）
          </li>
        ))}
      </ul>
    </section>
  );
}

/** On-site inspections and the kinds of means, each against what is needed. */
function Visits({ standing }: { standing: SupervisionStanding }) {
  const { marks } = useTranslation();
  const say = useSupervisionWords();
  const { visits, means } = standing;
  return (
    <ul className={styles.plan}>
      {visits != null && (
        <li>
          {say('visits')} <b>{say('visitsCount', { done: visits.visits.length, needed: visits.needed })}</b> <StandingTag standing={visits.standing} />
          <span className={styles.quiet}>
            {visits.plan
              .filter((planned) => planned.standing !== 'done')
              .map((planned) => say('visitPlan', { number: planned.number, by: planned.by }))
              .join(marks.sentence)}
          </span>
        </li>
      )}
      {means != null && (
        <li>
          <b>{say('meansUsed', { used: means.used.length, needed: means.needed })}</b> <StandingTag standing={means.standing} />
          <span className={styles.quiet}>{means.used.length === 0 ? say('meansNone') : means.used.map((one) => say(`means.${one}`)).join(marks.list)}</span>
        </li>
      )}
    </ul>
  );
}
