import { Form, Input } from 'antd';
import { useTranslation } from '~/i18n/index.ts';
import { useAccountWords } from './words.ts';

/** The password until now, once more: a browser left open changes nothing. */
export function PasswordField() {
  const { t } = useTranslation();
  const say = useAccountWords();
  return (
    <Form.Item name="password" label={say('passwordNow')} rules={[{ required: true, message: t('common.required') }]}>
      <Input.Password maxLength={256} autoComplete="current-password" />
    </Form.Item>
  );
}

/** A password to be; its only demand is its length. */
export function NewPasswordField({ name }: { name: string }) {
  const { t } = useTranslation();
  const say = useAccountWords();
  return (
    <Form.Item name={name} label={say('passwordNew')} extra={say('passwordLength')} rules={[{ required: true, message: t('common.required') }, { min: 8, message: say('passwordLength') }]}>
      <Input.Password maxLength={256} autoComplete="new-password" />
    </Form.Item>
  );
}

/** The same password again, against a slip of the finger. */
export function AgainField({ of }: { of: string }) {
  const { t } = useTranslation();
  const say = useAccountWords();
  return (
    <Form.Item
      name="again"
      label={say('passwordAgain')}
      dependencies={[of]}
      rules={[
        { required: true, message: t('common.required') },
        ({ getFieldValue }) => ({
          validator: (_, value: unknown) => (value == null || value === '' || value === getFieldValue(of) ? Promise.resolve() : Promise.reject(new Error(say('passwordDiffers')))),
        }),
      ]}
    >
      <Input.Password maxLength={256} autoComplete="new-password" />
    </Form.Item>
  );
}

/** Six digits of the device, or a recovery code where `label` says so. */
export function CodeField({ label }: { label: string }) {
  const { t } = useTranslation();
  return (
    <Form.Item name="code" label={label} rules={[{ required: true, whitespace: true, message: t('common.required') }]}>
      <Input maxLength={40} autoComplete="one-time-code" />
    </Form.Item>
  );
}
