import { useQuery } from '@tanstack/react-query';
import { Button, Table, Tag, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { studentsQuery } from '~/api/queries.ts';
import type { Assessment, Class } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import { useTranslation } from '~/i18n/index.ts';
import { Loaded } from '~/ui/Loaded.tsx';
import { AssessDialog } from './AssessDialog.tsx';
import { acceptedOf, namesOf, toAssess } from './people.ts';
import { assessmentsQuery, closeoutsQuery } from './queries.ts';
import { Empty, Section } from './Section.tsx';
import { useSettlementWords } from './words.ts';

/** R8.2: how the accepted students did, and their certificates. */
export function AssessmentSection({ one, today }: { one: Class; today: string }) {
  const { t } = useTranslation();
  const say = useSettlementWords();
  const decides = useMay('decide_closeout');
  const closeouts = useQuery(closeoutsQuery(one.id)).data;
  const students = useQuery(studentsQuery(one.id)).data;
  const query = useQuery(assessmentsQuery(one.id));
  const [recording, setRecording] = useState(false);
  const accepted = acceptedOf(closeouts ?? []);
  const left = toAssess(accepted, query.data ?? []);
  const columns: TableColumnsType<Assessment> = [
    { title: t('common.student'), render: (_, assessment) => assessment.student.name },
    { title: say('assessedOn'), dataIndex: 'on' },
    {
      title: say('result'),
      render: (_, { certificate }) => (
        <Tag color={certificate == null ? 'default' : 'success'} variant="filled">
          {say(certificate == null ? 'failed' : 'passed')}
        </Tag>
      ),
    },
    { title: say('certificate'), render: (_, { certificate }) => (certificate == null ? '—' : `${say(`kind.${certificate.kind}`)} · ${certificate.number} · ${certificate.issued_on}`) },
  ];
  return (
    <Section
      id="assessments"
      title={say('assessments')}
      hint={say('assessmentsHint')}
      tools={
        decides &&
        left.length > 0 && (
          <Button size="small" type="primary" onClick={() => setRecording(true)} disabled={students === undefined} data-testid="assess">
            {say('record')}
          </Button>
        )
      }
    >
      <Loaded query={query}>
        {(assessments) =>
          assessments.length === 0 ? (
            <Empty what={say(accepted.length === 0 ? 'assessmentsWait' : 'assessmentsNone')} />
          ) : (
            <Table<Assessment>
              size="small"
              rowKey="id"
              columns={columns}
              dataSource={[...assessments]}
              scroll={{ x: 'max-content' }}
              pagination={assessments.length > 20 ? { pageSize: 20, size: 'small' } : false}
            />
          )
        }
      </Loaded>
      {recording && students !== undefined && <AssessDialog classId={one.id} students={left} name={namesOf(students)} today={today} onClose={() => setRecording(false)} />}
    </Section>
  );
}
