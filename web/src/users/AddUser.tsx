import { Form, Input } from 'antd';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import type { NewUser } from '~/api/schema.d.ts';
import { useTranslation } from '~/i18n/index.ts';
import { FormDialog } from '~/ui/FormDialog.tsx';
import { WhoFields } from './WhoFields.tsx';

export function AddUser({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<NewUser>();
  const needed = [{ required: true, message: t('common.required') }];
  return (
    <FormDialog<NewUser>
      title={t('users.add')}
      form={form}
      done={t('users.added')}
      stale={['users']}
      onClose={onClose}
      send={(values) => ask(api.POST('/users', { body: values }))}
    >
      <Form.Item name="username" label={t('users.username')} extra={t('users.usernameHint')} rules={[...needed, { pattern: /^\S{1,64}$/, message: t('users.usernameHint') }]}>
        <Input maxLength={64} autoComplete="off" />
      </Form.Item>
      <WhoFields />
      <Form.Item name="password" label={t('users.password')} extra={t('users.passwordHint')} rules={[...needed, { min: 8, message: t('users.passwordHint') }]}>
        <Input.Password maxLength={1024} autoComplete="new-password" />
      </Form.Item>
    </FormDialog>
  );
}
