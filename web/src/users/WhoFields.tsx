import { useQuery } from '@tanstack/react-query';
import { Form, Input, Select } from 'antd';
import { institutionsQuery } from '~/api/queries.ts';
import type { Role } from '~/api/schema.d.ts';
import { useTranslation } from '~/i18n/index.ts';
import { useUserWords } from './words.ts';

const ROLES: readonly Role[] = ['supervisor', 'manager', 'auditor', 'institution'];

/** Who somebody is: the name shown, the role, and the institution where the role needs one. */
export function WhoFields() {
  const { t } = useTranslation();
  const say = useUserWords();
  const institutions = useQuery(institutionsQuery).data;
  const role = Form.useWatch<Role | undefined>('role');
  const needed = [{ required: true, message: t('common.required') }];
  return (
    <>
      <Form.Item name="display_name" label={say('displayName')} rules={needed}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="role" label={say('role')} rules={needed}>
        <Select options={ROLES.map((value) => ({ value, label: t(`role.${value}`) }))} />
      </Form.Item>
      {role === 'institution' && (
        <Form.Item name="institution_id" label={t('common.institution')} rules={needed} preserve={false}>
          <Select options={institutions?.map((one) => ({ value: one.id, label: one.name }))} />
        </Form.Item>
      )}
    </>
  );
}
