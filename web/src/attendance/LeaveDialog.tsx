import { Form, Input, Radio } from 'antd';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import type { Class, LeaveKind } from '~/api/schema.d.ts';
import { useTranslation } from '~/i18n/index.ts';
import { FormDialog } from '~/ui/FormDialog.tsx';
import { days, StudentSpanFields, type StudentSpan } from './StudentSpanFields.tsx';
import { useAttendanceWords } from './words.ts';

interface LeaveForm extends StudentSpan {
  kind: LeaveKind;
  reason: string;
}

/** R7.3e: a leave, granted by whoever records it. */
export function LeaveDialog({ one, onClose }: { one: Class; onClose: () => void }) {
  const { t } = useTranslation();
  const say = useAttendanceWords();
  const [form] = Form.useForm<LeaveForm>();
  return (
    <FormDialog<LeaveForm>
      title={say('leave')}
      hint={say('leaveHint')}
      form={form}
      initial={{ kind: 'sick' }}
      done={say('leaveDone')}
      stale={['classes']}
      onClose={onClose}
      send={({ span, ...rest }) => ask(api.POST('/classes/{id}/leaves', { params: { path: { id: one.id } }, body: { ...rest, ...days(span) } }))}
      aim={({ field }) => (['first_on', 'last_on'].includes(field) ? ['span'] : undefined)}
    >
      <StudentSpanFields one={one} />
      <Form.Item name="kind" label={say('leaveKind')}>
        <Radio.Group options={(['sick', 'personal'] as const).map((value) => ({ value, label: say(`kind.${value}`) }))} />
      </Form.Item>
      <Form.Item name="reason" label={say('leaveWhy')} rules={[{ required: true, whitespace: true, message: t('common.required') }]}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={2000} />
      </Form.Item>
    </FormDialog>
  );
}
