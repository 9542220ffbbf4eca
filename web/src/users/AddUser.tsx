import { useQuery } from '@tanstack/react-query';
import { Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import { institutionsQuery } from '~/api/queries.ts';
import type { NewUser, Role } from '~/api/schema.d.ts';
import { FormDialog } from '~/ui/FormDialog.tsx';

const ROLES: readonly Role[] = ['supervisor', 'manager', 'auditor', 'institution'];

export function AddUser({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const institutions = useQuery(institutionsQuery).data;
  const [form] = Form.useForm<NewUser>();
  const role = Form.useWatch('role', form);
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
      <Form.Item name="username" label={t('users.username')} extra={t('users.usernameHint')} rules={[...needed, { pattern: /^[a-z0-9._-]{3,64}$/, message: t('users.usernameHint') }]}>
        <Input maxLength={64} autoComplete="off" />
      </Form.Item>
      <Form.Item name="display_name" label={t('users.displayName')} rules={needed}>
        <Input maxLength={64} />
      </Form.Item>
      <Form.Item name="role" label={t('users.role')} rules={needed}>
        <Select options={ROLES.map((value) => ({ value, label: t(`role.${value}`) }))} />
      </Form.Item>
      {role === 'institution' && (
        <Form.Item name="institution_id" label={t('common.institution')} rules={needed} preserve={false}>
          <Select options={institutions?.map((one) => ({ value: one.id, label: one.name }))} />
        </Form.Item>
      )}
      <Form.Item name="password" label={t('users.password')} extra={t('users.passwordHint')} rules={[...needed, { min: 12, message: t('users.passwordHint') }]}>
        <Input.Password maxLength={256} autoComplete="new-password" />
      </Form.Item>
    </FormDialog>
  );
}
