import 'dayjs/locale/zh-cn';
import { DatePicker, Form, Input } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import type { Student } from '~/api/schema.d.ts';
import { useTranslation } from '~/i18n/index.ts';
import { FormDialog } from '~/ui/FormDialog.tsx';
import { useEnrolmentWords } from './words.ts';

interface DepartForm {
  on: Dayjs;
  reason: string;
}

/** 中途退出: a student leaves the class. */
export function DepartDialog({ student, today, onClose }: { student: Student; today: string; onClose: () => void }) {
  const { t } = useTranslation();
  const say = useEnrolmentWords();
  const [form] = Form.useForm<DepartForm>();
  const needed = [{ required: true, message: t('common.required') }];
  return (
    <FormDialog<DepartForm>
      title={`${say('depart')} · ${student.name}`}
      hint={say('departHint')}
      form={form}
      initial={{ on: dayjs(today) }}
      done={say('departed')}
      stale={['classes', 'students']}
      onClose={onClose}
      send={({ on, reason }) => ask(api.POST('/students/{id}/departure', { params: { path: { id: student.id } }, body: { on: on.format('YYYY-MM-DD'), reason } }))}
    >
      <Form.Item name="on" label={say('departOn')} rules={needed}>
        <DatePicker style={{ width: '100%' }} maxDate={dayjs(today)} />
      </Form.Item>
      <Form.Item name="reason" label={say('departWhy')} rules={[{ required: true, whitespace: true, message: t('common.required') }]}>
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 8 }} maxLength={2000} />
      </Form.Item>
    </FormDialog>
  );
}
