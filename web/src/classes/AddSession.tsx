import 'dayjs/locale/zh-cn';
import { DatePicker, Form, TimePicker } from 'antd';
import type { Dayjs } from 'dayjs';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import type { Class } from '~/api/schema.d.ts';
import { VenuePick } from '~/cameras/VenuePick.tsx';
import { useTranslation } from '~/i18n/index.ts';
import { instantAt } from '~/time/zone.ts';
import { FormDialog } from '~/ui/FormDialog.tsx';
import { useClassWords } from './words.ts';

interface SessionForm {
  venue_id: string;
  date: Dayjs;
  time: [Dayjs, Dayjs];
}

export function AddSession({ one, onClose }: { one: Class; onClose: () => void }) {
  const { t } = useTranslation();
  const say = useClassWords();
  const [form] = Form.useForm<SessionForm>();
  const needed = [{ required: true, message: t('common.required') }];
  return (
    <FormDialog<SessionForm>
      title={say('addSession')}
      form={form}
      done={say('sessionAdded')}
      stale={['classes', 'days', 'cameras']}
      onClose={onClose}
      send={({ venue_id, date, time: [from, to] }) => {
        const day = date.format('YYYY-MM-DD');
        const body = { venue_id, starts_at: instantAt(day, from.format('HH:mm')), ends_at: instantAt(day, to.format('HH:mm')) };
        return ask(api.POST('/classes/{id}/sessions', { params: { path: { id: one.id } }, body }));
      }}
    >
      <Form.Item name="venue_id" label={t('common.venue')} rules={needed}>
        <VenuePick institution={one.institution.id} />
      </Form.Item>
      <Form.Item name="date" label={t('common.date')} rules={needed}>
        <DatePicker style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item name="time" label={t('common.time')} rules={needed}>
        <TimePicker.RangePicker format="HH:mm" minuteStep={5} style={{ width: '100%' }} />
      </Form.Item>
    </FormDialog>
  );
}
