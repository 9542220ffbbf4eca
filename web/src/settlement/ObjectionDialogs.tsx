import 'dayjs/locale/zh-cn';
import { DatePicker, Form, Input, Radio } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import type { Notice, Objection, ObjectionDecision } from '~/api/schema.d.ts';
import { useNow } from '~/app/clock.ts';
import { useTranslation } from '~/i18n/index.ts';
import { dateOf } from '~/time/zone.ts';
import { FormDialog } from '~/ui/FormDialog.tsx';
import { useSettlementWords } from './words.ts';

interface ObjectionForm {
  on: Dayjs;
  objector: string;
  text: string;
}

/** Records somebody's objection to a notice (R10.1). */
export function ObjectionDialog({ notice, onClose }: { notice: Notice; onClose: () => void }) {
  const { t } = useTranslation();
  const say = useSettlementWords();
  const today = dayjs(dateOf(useNow()));
  const [form] = Form.useForm<ObjectionForm>();
  const needed = { required: true, message: t('common.required') };
  return (
    <FormDialog<ObjectionForm>
      title={say('objection')}
      form={form}
      initial={{ on: today }}
      done={say('objectionKept')}
      stale={['classes']}
      onClose={onClose}
      send={({ on, objector, text }) => ask(api.POST('/notices/{id}/objections', { params: { path: { id: notice.id } }, body: { on: on.format('YYYY-MM-DD'), objector, text } }))}
    >
      <Form.Item name="on" label={say('objectionOn')} rules={[needed]}>
        <DatePicker allowClear={false} minDate={dayjs(notice.published_on)} maxDate={today} style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item name="objector" label={say('objector')} rules={[{ ...needed, whitespace: true }]}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="text" label={say('objectionText')} rules={[{ ...needed, whitespace: true }]}>
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 8 }} maxLength={4000} />
      </Form.Item>
    </FormDialog>
  );
}

/** Upholds or dismisses an objection, with the reason. */
export function ObjectionDecideDialog({ objection, onClose }: { objection: Objection; onClose: () => void }) {
  const { t } = useTranslation();
  const say = useSettlementWords();
  const [form] = Form.useForm<ObjectionDecision>();
  const needed = { required: true, message: t('common.required') };
  return (
    <FormDialog<ObjectionDecision>
      title={say('objectionDecide')}
      hint={objection.text ?? undefined}
      form={form}
      done={say('objectionDecided')}
      ok={say('objectionDecide')}
      stale={['classes', 'notices']}
      onClose={onClose}
      send={(body) => ask(api.POST('/objections/{id}/decision', { params: { path: { id: objection.id } }, body }))}
    >
      <Form.Item name="outcome" label={say('outcome')} extra={say('upheldHint')} rules={[needed]}>
        <Radio.Group options={(['dismissed', 'upheld'] as const).map((value) => ({ value, label: say(`outcomes.${value}`) }))} />
      </Form.Item>
      <Form.Item name="reason" label={say('reason')} rules={[{ ...needed, whitespace: true }]}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={2000} />
      </Form.Item>
    </FormDialog>
  );
}
