import { Alert, Form, Input, InputNumber } from 'antd';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import type { PolicyNumber } from '~/api/schema.d.ts';
import { useTranslation } from '~/i18n/index.ts';
import { FormDialog } from '~/ui/FormDialog.tsx';
import { sevenDigits, useFieldName, valueText } from './numbers.ts';
import { useAdministrationWords } from './words.ts';

interface Change {
  value: number | string;
  reason: string;
}

interface PolicyDialogProps {
  number: PolicyNumber;
  /** The version that one has before one's eyes. */
  version: number;
  onClose: () => void;
}

/** Sets a number of the policy, with the reason that stays in its history. */
export function PolicyDialog({ number, version, onClose }: PolicyDialogProps) {
  const { t } = useTranslation();
  const say = useAdministrationWords();
  const name = useFieldName();
  const [form] = Form.useForm<Change>();
  const needed = [{ required: true, message: t('common.required') }];
  const now: unknown = number.value;
  const isNumber = typeof now === 'number';
  return (
    <FormDialog<Change>
      title={name(number.field)}
      form={form}
      initial={{ value: isNumber ? sevenDigits(now) : typeof now === 'string' ? now : '' }}
      ok={say('policy.put')}
      done={say('policy.changed')}
      stale={['policies', 'system']}
      aim={({ field }) => (field.startsWith('changes') || field === number.field ? ['value'] : undefined)}
      onClose={onClose}
      send={({ value, reason }) => ask(api.POST('/policies', { body: { version, reason, changes: { [number.field]: value } } as never }))}
    >
      <Alert type="warning" showIcon title={say('policy.putHint')} style={{ marginBottom: 12 }} />
      <Form.Item name="value" label={say('policy.value')} rules={needed} extra={say('policy.noticeSays', { value: valueText(number.default) })}>
        {isNumber ? <InputNumber style={{ width: 200 }} /> : <Input style={{ width: 200 }} maxLength={100} />}
      </Form.Item>
      <Form.Item name="reason" label={say('policy.reason')} rules={needed} extra={say('policy.reasonHint')}>
        <Input.TextArea rows={2} maxLength={1000} />
      </Form.Item>
    </FormDialog>
  );
}
