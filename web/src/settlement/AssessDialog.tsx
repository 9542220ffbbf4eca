import 'dayjs/locale/zh-cn';
import { DatePicker, Form, Input, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import type { CertificateKind, NewAssessment } from '~/api/schema.d.ts';
import { useTranslation } from '~/i18n/index.ts';
import { fieldPath } from '~/report/reportFields.ts';
import { FormDialog } from '~/ui/FormDialog.tsx';
import styles from './settlement.module.css';
import { useSettlementWords } from './words.ts';

interface Line {
  student_id: string;
  passed: 'passed' | 'failed' | 'later';
  number?: string;
}

interface AssessForm {
  on: Dayjs;
  issued_on: Dayjs;
  kind: CertificateKind;
  lines: Line[];
}

interface AssessDialogProps {
  classId: string;
  students: readonly string[];
  name: (id: string) => string;
  today: string;
  onClose: () => void;
}

/** Records how accepted students did, all lines or none; day and kind of certificate are the same for all of them (R8.2). */
export function AssessDialog({ classId, students, name, today, onClose }: AssessDialogProps) {
  const { t } = useTranslation();
  const say = useSettlementWords();
  const [form] = Form.useForm<AssessForm>();
  const needed = [{ required: true, message: t('common.required') }];
  return (
    <FormDialog<AssessForm>
      title={say('record')}
      width={720}
      form={form}
      initial={{ on: dayjs(today), issued_on: dayjs(today), kind: 'vocational_skill', lines: students.map((student_id) => ({ student_id, passed: 'passed' })) }}
      done={say('recorded')}
      stale={['classes']}
      onClose={onClose}
      aim={({ field }) => aimOf(field, form.getFieldValue('lines') as Line[])}
      send={(values) => ask(api.POST('/classes/{id}/assessments', { params: { path: { id: classId } }, body: { assessments: assessmentsOf(values) } }))}
    >
      <div className={styles.grid}>
        <Form.Item name="on" label={say('assessedOn')} rules={needed}>
          <DatePicker allowClear={false} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name="issued_on" label={say('issuedOn')} rules={needed}>
          <DatePicker allowClear={false} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name="kind" label={say('certificateKind')} style={{ gridColumn: 'span 2' }}>
          <Select options={(['vocational_skill', 'special_ability'] as const).map((value) => ({ value, label: say(`kind.${value}`) }))} />
        </Form.Item>
      </div>
      <Form.List name="lines">{(fields) => fields.map(({ key, name: n }) => <LineFields key={key} n={n} student={name(students[n] ?? '')} />)}</Form.List>
    </FormDialog>
  );
}

function LineFields({ n, student }: { n: number; student: string }) {
  const { t } = useTranslation();
  const say = useSettlementWords();
  const passed: unknown = Form.useWatch(['lines', n, 'passed']);
  return (
    <div className={styles.grid}>
      <span>{student}</span>
      <Form.Item name={[n, 'student_id']} hidden>
        <Input />
      </Form.Item>
      <Form.Item name={[n, 'passed']}>
        <Select
          aria-label={`${student} · ${say('result')}`}
          options={[
            { value: 'passed', label: say('passed') },
            { value: 'failed', label: say('failed') },
            { value: 'later', label: '—' },
          ]}
        />
      </Form.Item>
      {passed === 'passed' && (
        <Form.Item name={[n, 'number']} style={{ gridColumn: 'span 2' }} rules={[{ required: true, whitespace: true, message: say('numberNeeded') }]}>
          <Input maxLength={100} aria-label={`${student} · ${say('certificateNumber')}`} placeholder={say('certificateNumber')} title={t('common.required')} />
        </Form.Item>
      )}
    </div>
  );
}

const told = (lines: readonly Line[]) => lines.filter(({ passed }) => passed !== 'later');

/** The lines that say something, as the server wants them. */
function assessmentsOf({ on, issued_on, kind, lines }: AssessForm): NewAssessment[] {
  return told(lines).map(({ student_id, passed, number }) => ({
    student_id,
    on: on.format('YYYY-MM-DD'),
    certificate: passed === 'passed' ? { kind, number: number?.trim() ?? '', issued_on: issued_on.format('YYYY-MM-DD') } : null,
  }));
}

/** `assessments[1].certificate.number` at its line: those that say nothing were not sent. */
function aimOf(field: string, lines: readonly Line[]) {
  const [list, at, ...rest] = fieldPath(field);
  const sent = typeof at === 'number' ? told(lines)[at] : undefined;
  if (list !== 'assessments' || sent === undefined) return undefined;
  if (rest[0] === 'on') return ['on'];
  return ['lines', lines.indexOf(sent), rest.includes('number') || rest[0] === 'certificate' ? 'number' : 'passed'];
}
