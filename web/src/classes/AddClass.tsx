import 'dayjs/locale/zh-cn';
import { useQuery } from '@tanstack/react-query';
import { DatePicker, Form, Input, Select } from 'antd';
import type { Dayjs } from 'dayjs';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import { institutionsQuery } from '~/api/queries.ts';
import { useTranslation } from '~/i18n/index.ts';
import { FormDialog } from '~/ui/FormDialog.tsx';
import { useClassWords } from './words.ts';

interface ClassForm {
  institution_id: string;
  name: string;
  major: string;
  starts_on: Dayjs;
  ends_on: Dayjs;
}

export function AddClass({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const say = useClassWords();
  const institutions = useQuery(institutionsQuery).data;
  const [form] = Form.useForm<ClassForm>();
  const needed = [{ required: true, message: t('common.required') }];
  return (
    <FormDialog<ClassForm>
      title={say('add')}
      hint={say('addHint')}
      form={form}
      done={say('added')}
      stale={['classes']}
      onClose={onClose}
      send={({ starts_on, ends_on, ...rest }) =>
        ask(api.POST('/classes', { body: { ...rest, starts_on: starts_on.format('YYYY-MM-DD'), ends_on: ends_on.format('YYYY-MM-DD') } }))
      }
    >
      <Form.Item name="institution_id" label={t('common.institution')} rules={needed}>
        <Select options={institutions?.map((one) => ({ value: one.id, label: one.name }))} />
      </Form.Item>
      <Form.Item name="name" label={t('common.name')} rules={needed}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="major" label={say('major')} rules={needed}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="starts_on" label={say('startsOn')} rules={needed}>
        <DatePicker style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item name="ends_on" label={say('endsOn')} rules={needed}>
        <DatePicker style={{ width: '100%' }} />
      </Form.Item>
    </FormDialog>
  );
}
