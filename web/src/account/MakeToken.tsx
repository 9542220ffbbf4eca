import 'dayjs/locale/zh-cn';
import { DatePicker, Form, Input, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import type { Action, MadeApiToken } from '~/api/schema.d.ts';
import { useMe } from '~/app/access.ts';
import { useNow } from '~/app/clock.ts';
import { useTranslation } from '~/i18n/index.ts';
import { dateOf, instantAt, shiftDate } from '~/time/zone.ts';
import { FormDialog } from '~/ui/FormDialog.tsx';
import { PasswordField } from './fields.tsx';
import { useAccountWords } from './words.ts';

/** No token is good for longer than a year and a day; the day chosen is the last whole one. */
const LONGEST_DAYS = 364;
const USUAL_DAYS = 90;

interface Made {
  name: string;
  scopes: Action[];
  until: Dayjs;
  password: string;
}

/** A token for a program: what for, what it may do of what the person may, and until when. */
export function MakeToken({ onMade, onClose }: { onMade: (made: MadeApiToken) => void; onClose: () => void }) {
  const { t } = useTranslation();
  const say = useAccountWords();
  const { actions } = useMe();
  const today = dateOf(useNow());
  const [form] = Form.useForm<Made>();
  const needed = { required: true, message: t('common.required') };
  return (
    <FormDialog<Made>
      title={say('tokenMake')}
      form={form}
      initial={{ until: dayjs(shiftDate(today, USUAL_DAYS)) }}
      done={say('tokenDone')}
      ok={say('tokenMake')}
      stale={['tokens']}
      aim={({ field }) => (field === 'expires_at' ? ['until'] : undefined)}
      onClose={onClose}
      send={async ({ name, scopes, until, password }) => onMade(await ask(api.POST('/tokens', { body: { name, scopes, password, expires_at: instantAt(until.format('YYYY-MM-DD'), '23:59') } })))}
    >
      <Form.Item name="name" label={say('tokenName')} extra={say('tokenNameHint')} rules={[{ ...needed, whitespace: true }]}>
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      <Form.Item name="scopes" label={say('tokenScopes')} rules={[needed]}>
        <Select mode="multiple" showSearch={{ optionFilterProp: 'label' }} options={actions.map((value) => ({ value, label: say(`action.${value}`) }))} />
      </Form.Item>
      <Form.Item name="until" label={say('tokenUntil')} rules={[needed]}>
        <DatePicker allowClear={false} style={{ width: '100%' }} minDate={dayjs(today)} maxDate={dayjs(shiftDate(today, LONGEST_DAYS))} />
      </Form.Item>
      <PasswordField />
    </FormDialog>
  );
}
