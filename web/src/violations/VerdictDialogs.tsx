import { Form, Input, Radio } from 'antd';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import type { NewVerdict, Severity, Violation } from '~/api/schema.d.ts';
import { useTranslation } from '~/i18n/index.ts';
import { dateOf, ms } from '~/time/zone.ts';
import { FormDialog } from '~/ui/FormDialog.tsx';
import { useViolationWords } from './words.ts';

interface VerdictForm {
  outcome: NewVerdict['outcome'];
  severity: Severity;
  reason: string;
}

interface VerdictProps {
  violation: Violation;
  onClose: () => void;
}

/** Confirms or dismisses a charge, with the reason. */
export function DecideDialog({ violation, onClose }: VerdictProps) {
  const { t } = useTranslation();
  const say = useViolationWords();
  const [form] = Form.useForm<VerdictForm>();
  const outcome = Form.useWatch('outcome', form);
  const needed = [{ required: true, message: t('common.required') }];
  return (
    <FormDialog<VerdictForm>
      title={say('violation', { date: dateOf(ms(violation.opened_at)) })}
      hint={say('rule')}
      form={form}
      initial={{ severity: 'ordinary' }}
      done={say('decided')}
      ok={say('decide')}
      stale={['institutions']}
      onClose={onClose}
      send={({ outcome, severity, reason }) =>
        ask(
          api.POST('/violations/{id}/decision', {
            params: { path: { id: violation.id } },
            body: outcome === 'confirmed' ? { outcome, severity, reason } : { outcome, reason },
          }),
        )
      }
    >
      <Form.Item name="outcome" label={say('outcome')} rules={needed}>
        <Radio.Group options={(['confirmed', 'dismissed'] as const).map((value) => ({ value, label: say(`outcomes.${value}`) }))} />
      </Form.Item>
      {outcome === 'confirmed' && (
        <Form.Item name="severity" label={say('severityOf')} extra={say('seriousHint')} rules={needed}>
          <Radio.Group options={(['ordinary', 'serious'] as const).map((value) => ({ value, label: say(`severity.${value}`) }))} />
        </Form.Item>
      )}
      <Reason />
    </FormDialog>
  );
}

/** Takes a confirmation back. */
export function WithdrawDialog({ violation, onClose }: VerdictProps) {
  const say = useViolationWords();
  const [form] = Form.useForm<{ reason: string }>();
  return (
    <FormDialog<{ reason: string }>
      title={say('withdraw')}
      hint={say('withdrawHint')}
      form={form}
      done={say('withdrawn')}
      ok={say('withdraw')}
      stale={['institutions']}
      onClose={onClose}
      send={(body) => ask(api.POST('/violations/{id}/withdrawal', { params: { path: { id: violation.id } }, body }))}
    >
      <Reason />
    </FormDialog>
  );
}

function Reason() {
  const { t } = useTranslation();
  const say = useViolationWords();
  return (
    <Form.Item name="reason" label={say('reason')} rules={[{ required: true, whitespace: true, message: t('common.required') }]}>
      <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={2000} />
    </Form.Item>
  );
}
