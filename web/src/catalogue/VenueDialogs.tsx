import 'dayjs/locale/zh-cn';
import { DatePicker, Form, Input } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import type { Venue, VenueApproval } from '~/api/schema.d.ts';
import { useNow } from '~/app/clock.ts';
import { FilePick } from '~/files/FilePick.tsx';
import { useTranslation } from '~/i18n/index.ts';
import { dateOf } from '~/time/zone.ts';
import { FormDialog } from '~/ui/FormDialog.tsx';
import { useCatalogueWords } from './words.ts';

interface ApproveForm {
  approved_on: Dayjs;
  file_id: string;
}

/** Records that the bureau verified a venue on site (R1.2). */
export function ApproveDialog({ venue, onClose }: { venue: Venue; onClose: () => void }) {
  const { t } = useTranslation();
  const say = useCatalogueWords();
  const today = dayjs(dateOf(useNow()));
  const [form] = Form.useForm<ApproveForm>();
  const needed = [{ required: true, message: t('common.required') }];
  return (
    <FormDialog<ApproveForm>
      title={`${say('approve')} · ${venue.name}`}
      form={form}
      initial={{ approved_on: today }}
      done={say('approvalKept')}
      stale={['venues']}
      onClose={onClose}
      send={({ approved_on, file_id }) => ask(api.POST('/venues/{id}/approvals', { params: { path: { id: venue.id } }, body: { approved_on: approved_on.format('YYYY-MM-DD'), file_id } }))}
    >
      <Form.Item name="approved_on" label={say('approvedOn')} rules={needed}>
        <DatePicker allowClear={false} style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item name="file_id" label={say('approvalFile')} rules={needed}>
        <FilePick institution={venue.institution.id} label={say('approvalFile')} />
      </Form.Item>
    </FormDialog>
  );
}

interface WithdrawForm {
  on: Dayjs;
  reason: string;
}

/** Withdraws the approval of a venue from a day on. */
export function WithdrawDialog({ approval, onClose }: { approval: VenueApproval; onClose: () => void }) {
  const { t } = useTranslation();
  const say = useCatalogueWords();
  const today = dayjs(dateOf(useNow()));
  const [form] = Form.useForm<WithdrawForm>();
  const needed = { required: true, message: t('common.required') };
  return (
    <FormDialog<WithdrawForm>
      title={`${say('withdrawTitle')} · ${approval.venue.name}`}
      form={form}
      initial={{ on: today }}
      done={say('withdrawKept')}
      ok={say('withdraw')}
      stale={['venues']}
      onClose={onClose}
      send={({ on, reason }) => ask(api.POST('/venue-approvals/{id}/withdrawal', { params: { path: { id: approval.id } }, body: { on: on.format('YYYY-MM-DD'), reason } }))}
    >
      <Form.Item name="on" label={say('withdrawOn')} rules={[needed]}>
        <DatePicker allowClear={false} style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item name="reason" label={say('reason')} rules={[{ ...needed, whitespace: true }]}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={2000} />
      </Form.Item>
    </FormDialog>
  );
}
