import 'dayjs/locale/zh-cn';
import { DatePicker, Form, Input, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import type { Student, VerificationMatter, VerificationPhase } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import { FilePick } from '~/files/FilePick.tsx';
import { useTranslation } from '~/i18n/index.ts';
import { FormDialog } from '~/ui/FormDialog.tsx';
import styles from './enrolment.module.css';
import { useEnrolmentWords } from './words.ts';

interface VerifyForm {
  matter: VerificationMatter;
  phase: VerificationPhase;
  on: Dayjs;
  whom: string[];
  found?: string[];
  file_id?: string | null;
  note?: string;
}

interface VerifyDialogProps {
  classId: string;
  institution: string;
  students: readonly Student[];
  today: string;
  onClose: () => void;
}

/** R4.1 to R4.3: one query about students of a class; what each side verifies is its own. */
export function VerifyDialog({ classId, institution, students, today, onClose }: VerifyDialogProps) {
  const { t } = useTranslation();
  const say = useEnrolmentWords();
  const [form] = Form.useForm<VerifyForm>();
  const reviews = useMay('review_filing');
  const matters: readonly VerificationMatter[] = reviews ? ['employment'] : ['business', 'other'];
  const needed = [{ required: true, message: t('common.required') }];
  const people = students.map((student) => ({ value: student.id, label: student.name }));
  return (
    <FormDialog<VerifyForm>
      title={say('verify')}
      form={form}
      width={640}
      initial={{ matter: matters[0], phase: 'before', on: dayjs(today), whom: students.map(({ id }) => id) }}
      done={say('verified')}
      stale={['classes']}
      onClose={onClose}
      aim={({ field }) => (field.endsWith('.file_id') ? ['file_id'] : field.endsWith('.note') ? ['note'] : field.startsWith('students') ? ['whom'] : undefined)}
      send={({ matter, phase, on, whom, found, file_id, note }) =>
        ask(
          api.POST('/classes/{id}/verifications', {
            params: { path: { id: classId } },
            body: {
              matter, phase,
              on: on.format('YYYY-MM-DD'),
              students: whom.map((student_id) => ({ student_id, found: found?.includes(student_id) ?? false, file_id: file_id ?? null, note: note ?? '' })),
            },
          }),
        )
      }
    >
      <div className={styles.pair}>
        <Form.Item name="matter" label={say('verifyMatter')} rules={needed}>
          <Select options={matters.map((value) => ({ value, label: say(`matter.${value}`) }))} />
        </Form.Item>
        <Form.Item name="phase" label={say('verifyPhase')} rules={needed}>
          <Select options={(['before', 'at_end'] as const).map((value) => ({ value, label: say(`phase.${value}`) }))} />
        </Form.Item>
        <Form.Item name="on" label={say('verifyOn')} rules={needed}>
          <DatePicker style={{ width: '100%' }} maxDate={dayjs(today)} />
        </Form.Item>
        <Form.Item name="file_id" label={say('verifyFile')} extra={say('verifyFileHint')}>
          <FilePick institution={institution} />
        </Form.Item>
      </div>
      <Form.Item name="whom" label={say('verifyWhom')} rules={needed}>
        <Select mode="multiple" maxTagCount={6} showSearch={{ optionFilterProp: 'label' }} options={people} />
      </Form.Item>
      <Form.Item name="found" label={say('verifyFound')} extra={say('verifyFoundHint')}>
        <Select mode="multiple" allowClear showSearch={{ optionFilterProp: 'label' }} options={people} />
      </Form.Item>
      <Form.Item name="note" label={say('verifyNote')}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={2000} />
      </Form.Item>
    </FormDialog>
  );
}
