import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Form, type FormInstance } from 'antd';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import { studentsQuery } from '~/api/queries.ts';
import type { FilingPaper, OpeningDossier, Student } from '~/api/schema.d.ts';
import { papersQuery } from '~/enrolment/queries.ts';
import { useTranslation } from '~/i18n/index.ts';
import { FormDialog } from '~/ui/FormDialog.tsx';
import { Loaded } from '~/ui/Loaded.tsx';
import type { Aim } from '~/ui/placing.ts';
import styles from './opening.module.css';
import { useOpeningWords } from './words.ts';

const PAPERS = ['id_card', 'status_proof', 'no_business_statement', 'registration_form', 'verification_note'] as const satisfies readonly FilingPaper[];
interface FilingForm {
  students: Record<string, FilingPaper[]>;
}

/** R5.1: the centre's review on site, student by student and paper by paper. */
export function FilingDialog({ dossier, onClose }: { dossier: OpeningDossier; onClose: () => void }) {
  const say = useOpeningWords();
  const [form] = Form.useForm<FilingForm>();
  const query = useQuery(studentsQuery(dossier.class.id));
  const students = query.data?.filter((student) => student.left_on == null) ?? [];
  const aim: Aim = ({ field }) => {
    const [, index] = /^students\[(\d+)\]/.exec(field) ?? [];
    const student = index === undefined ? undefined : students[Number(index)];
    return student && ['students', student.id];
  };
  return (
    <FormDialog<FilingForm>
      title={say('act.filing')}
      hint={say('reviewHint')}
      form={form}
      width={860}
      ok={say('act.filing')}
      done={say('filed')}
      stale={['classes']}
      aim={aim}
      onClose={onClose}
      send={(values) =>
        ask(
          api.POST('/classes/{id}/opening/filing', {
            params: { path: { id: dossier.class.id } },
            body: { revision: dossier.revision, students: students.map(({ id }) => ({ student_id: id, in_order: values.students[id] ?? [] })) },
          }),
        )
      }
    >
      <Loaded query={query}>{() => <Review form={form} students={students} classId={dossier.class.id} />}</Loaded>
    </FormDialog>
  );
}

function Review({ form, students, classId }: { form: FormInstance<FilingForm>; students: readonly Student[]; classId: string }) {
  const { t } = useTranslation();
  const say = useOpeningWords();
  const papers = useQuery(papersQuery(classId)).data;
  const fill = (whom: readonly Student[]) => whom.forEach(({ id }) => form.setFieldValue(['students', id], [...PAPERS]));
  return (
    <>
      <Button size="small" onClick={() => fill(students)} data-testid="all-in-order">
        {t('common.all')} · {say('allInOrder')}
      </Button>
      {students.map((student) => {
        const lack = papers?.find((one) => one.student.student_id === student.id)?.missing.length ?? 0;
        return (
          <div key={student.id} className={styles.review}>
            <div>
              <b>{student.name}</b> {student.number}
              {lack > 0 && <div className={styles.lack}>{say('papersLack', { count: lack })}</div>}
            </div>
            <Form.Item name={['students', student.id]} initialValue={[]}>
              <Checkbox.Group aria-label={student.name} options={PAPERS.map((value) => ({ value, label: say(`paper.${value}`) }))} />
            </Form.Item>
            <Button size="small" type="text" onClick={() => fill([student])} aria-label={say('allOf', { name: student.name })}>
              {say('allInOrder')}
            </Button>
          </div>
        );
      })}
    </>
  );
}
