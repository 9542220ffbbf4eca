import { ImportOutlined, PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Table, Tag, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { studentsQuery } from '~/api/queries.ts';
import type { Class, Student, StudentPapers } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import { AddStudent } from '~/classes/AddStudent.tsx';
import { FormLinks } from '~/files/FormLinks.tsx';
import { useTranslation } from '~/i18n/index.ts';
import { dateOf, ms } from '~/time/zone.ts';
import { Loaded } from '~/ui/Loaded.tsx';
import { Nothing } from '~/ui/Nothing.tsx';
import scroll from '~/ui/page.module.css';
import styles from './enrolment.module.css';
import { ImportStudents } from './ImportStudents.tsx';
import { papersQuery } from './queries.ts';
import { StudentDrawer } from './StudentDrawer.tsx';
import { VerificationPanel } from './VerificationPanel.tsx';
import { useEnrolmentWords } from './words.ts';

/** The class's students: papers, consent, faces, and what was verified about them. */
export function StudentsTab({ one, today }: { one: Class; today: string }) {
  const say = useEnrolmentWords();
  const query = useQuery(studentsQuery(one.id));
  const edits = useMay('edit_roster');
  const [open, setOpen] = useState<'add' | 'import' | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <div className={styles.tools}>
        {edits && (
          <>
            <Button icon={<PlusOutlined />} onClick={() => setOpen('add')} data-testid="add-student">
              {say('students.add')}
            </Button>
            <Button icon={<ImportOutlined />} onClick={() => setOpen('import')} data-testid="import-students">
              {say('import')}
            </Button>
          </>
        )}
        <div className={styles.push}>
          <FormLinks of={`/classes/${one.id}/students`} label={say('form')} />
        </div>
      </div>
      <Loaded query={query}>
        {(students) => (
          <>
            <Rows students={students} classId={one.id} today={today} />
            <VerificationPanel one={one} students={students} names={new Map(students.map(({ id, name }) => [id, name]))} today={today} />
          </>
        )}
      </Loaded>
      {open === 'add' && <AddStudent classId={one.id} onClose={close} />}
      {open === 'import' && <ImportStudents classId={one.id} onClose={close} />}
    </>
  );
}

function Rows({ students, classId, today }: { students: readonly Student[]; classId: string; today: string }) {
  const { t } = useTranslation();
  const say = useEnrolmentWords();
  const papers = useQuery(papersQuery(classId)).data;
  const [open, setOpen] = useState<string | null>(null);
  const shown = students.find((student) => student.id === open);
  const of = (student: Student) => papers?.find((one) => one.student.student_id === student.id);
  const columns: TableColumnsType<Student> = [
    { title: say('students.number'), width: 110, render: (_, student) => student.number ?? '—' },
    {
      title: say('students.name'),
      render: (_, student) => (
        <Button type="link" size="small" style={{ padding: 0 }} aria-label={say('open', { name: student.name })} onClick={() => setOpen(student.id)} data-testid="open-student">
          {student.name}
        </Button>
      ),
    },
    { title: say('students.sex'), width: 60, render: (_, student) => say(`students.${student.sex}`) },
    { title: say('idNumber'), render: (_, student) => <span className={styles.number}>{of(student)?.id_number_masked ?? '—'}</span> },
    { title: say('papers'), render: (_, student) => <PapersTag papers={of(student)} student={student} /> },
    {
      title: say('students.consent'),
      render: (_, student) =>
        student.face_consent_at == null ? (
          <Tag color="warning" variant="filled">
            {say('students.consentMissing')}
          </Tag>
        ) : (
          say('students.consentGiven', { date: dateOf(ms(student.face_consent_at)) })
        ),
    },
    {
      title: say('students.face'),
      render: (_, student) => (
        <Tag color={student.enrolled ? 'success' : 'default'} variant="filled">
          {say(student.enrolled ? 'students.enrolled' : 'students.notEnrolled')}
        </Tag>
      ),
    },
  ];
  return (
    <>
      <div className={scroll.scroll} role="region" aria-label={t('common.student')} tabIndex={0}>
        <Table<Student>
          size="small"
          rowKey="id"
          columns={columns}
          dataSource={[...students]}
          pagination={students.length > 60 ? { pageSize: 60, size: 'small' } : false}
          locale={{ emptyText: <Nothing what={say('students.empty')} /> }}
        />
      </div>
      {shown !== undefined && <StudentDrawer student={shown} classId={classId} today={today} onClose={() => setOpen(null)} />}
    </>
  );
}

function PapersTag({ papers, student }: { papers: StudentPapers | undefined; student: Student }) {
  const say = useEnrolmentWords();
  if (student.left_on != null) return <Tag variant="filled">{say('left', { on: student.left_on })}</Tag>;
  if (papers === undefined) return '—';
  const count = papers.missing.length;
  return (
    <Tag color={count === 0 ? 'success' : 'warning'} variant="filled">
      {count === 0 ? say('complete') : say('lacking', { count })}
    </Tag>
  );
}
