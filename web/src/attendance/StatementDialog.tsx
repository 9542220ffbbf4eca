import { Checkbox, Form, Input, Select } from 'antd';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import type { Class, Side, Statement, StatementCause } from '~/api/schema.d.ts';
import { FilePick } from '~/files/FilePick.tsx';
import { useTranslation } from '~/i18n/index.ts';
import { SignDialog } from '~/sign/SignDialog.tsx';
import { FormDialog } from '~/ui/FormDialog.tsx';
import { days, StudentSpanFields, type StudentSpan } from './StudentSpanFields.tsx';
import { useAttendanceWords } from './words.ts';

interface StatementForm extends StudentSpan {
  cause: StatementCause;
  sides: Side[];
  text: string;
}

/** R7.3d: a statement of why a student's punches are missing. */
export function StatementDialog({ one, onClose }: { one: Class; onClose: () => void }) {
  const { t } = useTranslation();
  const say = useAttendanceWords();
  const [form] = Form.useForm<StatementForm>();
  const needed = [{ required: true, message: t('common.required') }];
  return (
    <FormDialog<StatementForm>
      title={say('statement')}
      hint={say('statementHint')}
      form={form}
      initial={{ cause: 'device_down', sides: ['sign_in', 'sign_out'] }}
      done={say('statementDone')}
      stale={['classes']}
      onClose={onClose}
      send={({ span, ...rest }) => ask(api.POST('/classes/{id}/statements', { params: { path: { id: one.id } }, body: { ...rest, ...days(span) } }))}
      aim={({ field }) => (['first_on', 'last_on'].includes(field) ? ['span'] : undefined)}
    >
      <StudentSpanFields one={one} />
      <Form.Item name="cause" label={say('causeOf')} rules={needed}>
        <Select options={(['device_down', 'student_unable', 'other'] as const).map((value) => ({ value, label: say(`cause.${value}`) }))} />
      </Form.Item>
      <Form.Item name="sides" label={say('sides')} rules={needed}>
        <Checkbox.Group options={(['sign_in', 'sign_out'] as const).map((value) => ({ value, label: say(`side.${value}`) }))} />
      </Form.Item>
      <Form.Item name="text" label={say('textOf')} rules={[{ required: true, whitespace: true, message: t('common.required') }]}>
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 8 }} maxLength={2000} />
      </Form.Item>
    </FormDialog>
  );
}

interface OneStatement {
  statement: Statement;
  onClose: () => void;
}

/** The manager's signature under a statement. */
export function SignStatement({ statement, onClose }: OneStatement) {
  const say = useAttendanceWords();
  return (
    <SignDialog
      title={say('signTitle')}
      hint={statement.text}
      done={say('signed')}
      stale={['classes']}
      onClose={onClose}
      send={(_, signing) => ask(api.POST('/statements/{id}/signature', { params: { path: { id: statement.id } }, body: { signing } }))}
    />
  );
}

interface ScansForm {
  seal_file_id?: string | null;
  student_file_id?: string | null;
}

/** The scans with the seal and with the student's own signature; each comes once. */
export function StatementScans({ statement, onClose }: OneStatement) {
  const say = useAttendanceWords();
  const [form] = Form.useForm<ScansForm>();
  const lacks = (signer: 'seal' | 'student') => statement.missing.includes(signer);
  return (
    <FormDialog<ScansForm>
      title={say('scans')}
      form={form}
      done={say('scansDone')}
      stale={['classes']}
      onClose={onClose}
      send={({ seal_file_id, student_file_id }) =>
        ask(api.POST('/statements/{id}/scans', { params: { path: { id: statement.id } }, body: { seal_file_id: seal_file_id ?? null, student_file_id: student_file_id ?? null } }))
      }
    >
      {lacks('seal') && (
        <Form.Item name="seal_file_id" label={say('sealScan')}>
          <FilePick label={say('sealScan')} />
        </Form.Item>
      )}
      {lacks('student') && (
        <Form.Item name="student_file_id" label={say('studentScan')}>
          <FilePick label={say('studentScan')} />
        </Form.Item>
      )}
    </FormDialog>
  );
}
