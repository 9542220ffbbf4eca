import 'dayjs/locale/zh-cn';
import { DatePicker, Form, Input, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import type { AccountKind, Fund, Notice } from '~/api/schema.d.ts';
import { useNow } from '~/app/clock.ts';
import { useTranslation } from '~/i18n/index.ts';
import { dateOf } from '~/time/zone.ts';
import { FormDialog } from '~/ui/FormDialog.tsx';
import { yuan } from './money.ts';
import { useSettlementWords } from './words.ts';

interface PayForm {
  on: Dayjs;
  account_holder: string;
  account_kind: AccountKind;
  fund: Fund;
}

/** Records a payment after a notice that passed (R10.2). */
export function PayDialog({ notice, institution, onClose }: { notice: Notice; institution: string; onClose: () => void }) {
  const { t } = useTranslation();
  const say = useSettlementWords();
  const today = dayjs(dateOf(useNow()));
  const [form] = Form.useForm<PayForm>();
  const needed = { required: true, message: t('common.required') };
  return (
    <FormDialog<PayForm>
      title={`${say('pay')} · ${say('sum', { yuan: yuan(notice.total_fen) })}`}
      hint={say('paymentHint')}
      form={form}
      initial={{ on: today, account_holder: institution, account_kind: 'basic', fund: 'employment_subsidy' }}
      done={say('paid')}
      stale={['classes']}
      onClose={onClose}
      send={({ on, ...rest }) => ask(api.POST('/notices/{id}/payment', { params: { path: { id: notice.id } }, body: { ...rest, on: on.format('YYYY-MM-DD') } }))}
    >
      <Form.Item name="on" label={say('paidOnLabel')} rules={[needed]}>
        <DatePicker allowClear={false} maxDate={today} style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item name="account_holder" label={say('holder')} rules={[{ ...needed, whitespace: true }]}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="account_kind" label={say('account')} rules={[needed]}>
        <Select options={(['basic', 'other'] as const).map((value) => ({ value, label: say(`accounts.${value}`) }))} />
      </Form.Item>
      <Form.Item name="fund" label={say('fund')} rules={[needed]}>
        <Select options={(['employment_subsidy', 'skills_action_surplus'] as const).map((value) => ({ value, label: say(`funds.${value}`) }))} />
      </Form.Item>
    </FormDialog>
  );
}
