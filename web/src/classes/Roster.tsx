import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Table, Tag, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { studentsQuery } from '~/api/queries.ts';
import type { Student } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import { dateOf, ms } from '~/time/zone.ts';
import { Loaded } from '~/ui/Loaded.tsx';
import { Nothing } from '~/ui/Nothing.tsx';
import { AddStudent } from './AddStudent.tsx';
import { EnrolButton } from './EnrolButton.tsx';
import styles from '~/ui/page.module.css';

/** The class's students and whether their faces may be, and are, known. */
export function Roster({ classId }: { classId: string }) {
  const { t } = useTranslation();
  const query = useQuery(studentsQuery(classId));
  const edits = useMay('edit_roster');
  const [adding, setAdding] = useState(false);
  return (
    <>
      {edits && (
        <div style={{ marginBottom: 10 }}>
          <Button icon={<PlusOutlined />} onClick={() => setAdding(true)} data-testid="add-student">
            {t('students.add')}
          </Button>
        </div>
      )}
      <Loaded query={query}>{(students) => <Rows students={students} classId={classId} edits={edits} />}</Loaded>
      {adding && <AddStudent classId={classId} onClose={() => setAdding(false)} />}
    </>
  );
}

function Rows({ students, classId, edits }: { students: readonly Student[]; classId: string; edits: boolean }) {
  const { t } = useTranslation();
  const columns: TableColumnsType<Student> = [
    { title: t('students.number'), width: 110, render: (_, student) => student.number ?? '—' },
    { title: t('students.name'), width: 140, dataIndex: 'name' },
    { title: t('students.sex'), width: 70, render: (_, student) => t(`students.${student.sex}`) },
    {
      title: t('students.consent'),
      render: (_, student) =>
        student.face_consent_at == null ? (
          <Tag color="warning" variant="filled">
            {t('students.consentMissing')}
          </Tag>
        ) : (
          t('students.consentGiven', { date: dateOf(ms(student.face_consent_at)) })
        ),
    },
    {
      title: t('students.face'),
      render: (_, student) => (
        <Tag color={student.enrolled ? 'success' : 'default'} variant="filled">
          {t(student.enrolled ? 'students.enrolled' : 'students.notEnrolled')}
        </Tag>
      ),
    },
  ];
  if (edits) columns.push({ title: t('common.actions'), render: (_, student) => <EnrolButton student={student} classId={classId} /> });
  return (
    <div className={styles.scroll} role="region" aria-label={t('common.student')} tabIndex={0}>
      <Table<Student>
        size="small"
        rowKey="id"
        columns={columns}
        dataSource={[...students]}
        pagination={students.length > 60 ? { pageSize: 60, size: 'small' } : false}
        locale={{ emptyText: <Nothing what={t('students.empty')} /> }}
      />
    </div>
  );
}
