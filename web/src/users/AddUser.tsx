import { Form, Input } from 'antd';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import type { NewUser } from '~/api/schema.d.ts';
import { useTranslation } from '~/i18n/index.ts';
import { FormDialog } from '~/ui/FormDialog.tsx';
import { WhoFields } from './WhoFields.tsx';
import { useUserWords } from './words.ts';

export function AddUser({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const say = useUserWords();
  const [form] = Form.useForm<NewUser>();
  const needed = [{ required: true, message: t('common.required') }];
  return (
    <FormDialog<NewUser>
      title={say('add')}
      form={form}
      done={say('added')}
      stale={['users']}
      onClose={onClose}
      send={(values) => ask(api.POST('/users', { body: values }))}
    >
      <Form.Item name="username" label={say('username')} extra={say('usernameHint')} rules={[...needed, { pattern: /^\S{1,64}$/, message: say('usernameHint') }]}>
        <Input maxLength={64} autoComplete="off" />
      </Form.Item>
      <WhoFields />
      <Form.Item name="password" label={say('password')} extra={say('passwordHint')} rules={[...needed, { min: 8, message: say('passwordHint') }]}>
        <Input.Password maxLength={1024} autoComplete="new-password" />
      </Form.Item>
    </FormDialog>
  );
}
