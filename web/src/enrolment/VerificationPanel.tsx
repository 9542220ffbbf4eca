import { useQuery } from '@tanstack/react-query';
import { Button, Table, Tag, type TableColumnsType } from 'antd';
import { useState } from 'react';
import type { Class, Student, StudentVerification } from '~/api/schema.d.ts';
import { useMe } from '~/app/access.ts';
import { FileLink } from '~/files/FileLink.tsx';
import { useTranslation } from '~/i18n/index.ts';
import { RuleFindings, type Names } from '~/rules/RuleFindings.tsx';
import { Loaded } from '~/ui/Loaded.tsx';
import { Nothing } from '~/ui/Nothing.tsx';
import styles from './enrolment.module.css';
import { Exchanges } from './Exchanges.tsx';
import { verificationsQuery } from './queries.ts';
import { VerifyDialog } from './VerifyDialog.tsx';
import { useEnrolmentWords } from './words.ts';

interface VerificationPanelProps {
  one: Class;
  students: readonly Student[];
  names: Names;
  today: string;
}

/** R4: what was verified about the class's students, and what is owed before the course and at its end. */
export function VerificationPanel({ one, students, names, today }: VerificationPanelProps) {
  const { t } = useTranslation();
  const say = useEnrolmentWords();
  const { actions } = useMe();
  const query = useQuery(verificationsQuery(one.id));
  const [adding, setAdding] = useState(false);
  const verifies = actions.includes('prepare_opening') || actions.includes('review_filing');
  const columns: TableColumnsType<StudentVerification> = [
    { title: t('common.student'), render: (_, done) => names.get(done.student_id) ?? '—' },
    { title: say('verifyMatter'), render: (_, done) => say(`matter.${done.matter}`) },
    { title: say('verifyPhase'), render: (_, done) => say(`phase.${done.phase}`) },
    { title: say('verifyOn'), dataIndex: 'on' },
    { title: t('common.state'), render: (_, done) => <Tag color={done.found ? 'warning' : 'success'} variant="filled">{say(done.found ? 'foundYes' : 'foundNo')}</Tag> },
    { title: say('verifyFile'), render: (_, done) => (done.file_id == null ? say(`evidence.${done.evidence}`) : <FileLink id={done.file_id} />) },
  ];
  return (
    <section aria-label={say('verifications')} style={{ marginTop: 18 }}>
      <div className={styles.section}>
        <h3>
          {say('verifications')}
          {verifies && (
            <Button size="small" onClick={() => setAdding(true)} data-testid="verify">
              {say('verify')}
            </Button>
          )}
        </h3>
      </div>
      <Loaded query={query}>
        {({ done, owed_before, owed_at_end }) => (
          <>
            {([['owedBefore', owed_before], ['owedAtEnd', owed_at_end]] as const).map(([title, owed]) => (
              <div key={title} className={styles.owed}>
                <h4>{say(title)}</h4>
                {owed.length === 0 ? <span className={styles.quiet}>{say('nothingOwed')}</span> : <RuleFindings findings={owed} names={names} />}
              </div>
            ))}
            <Table<StudentVerification>
              size="small"
              rowKey="id"
              title={() => say('verifyDone')}
              columns={columns}
              dataSource={[...done].reverse()}
              showHeader={done.length > 0}
              scroll={done.length > 0 ? { x: 'max-content' } : undefined}
              pagination={done.length > 10 ? { pageSize: 10, size: 'small' } : false}
              locale={{ emptyText: <Nothing what={say('verifyNone')} /> }}
            />
          </>
        )}
      </Loaded>
      <Exchanges classId={one.id} institution={one.institution.id} />
      {adding && <VerifyDialog classId={one.id} institution={one.institution.id} students={students.filter((student) => student.left_on == null)} today={today} onClose={() => setAdding(false)} />}
    </section>
  );
}
