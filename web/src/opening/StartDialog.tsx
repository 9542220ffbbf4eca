import 'dayjs/locale/zh-cn';
import { DatePicker, Form } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import type { OpeningDossier } from '~/api/schema.d.ts';
import { useTranslation } from '~/i18n/index.ts';
import { FormDialog } from '~/ui/FormDialog.tsx';
import { useOpeningWords } from './words.ts';

/** R6.2: the class begins with its first lesson. */
export function StartDialog({ dossier, today, onClose }: { dossier: OpeningDossier; today: string; onClose: () => void }) {
  const { t } = useTranslation();
  const say = useOpeningWords();
  const [form] = Form.useForm<{ on: Dayjs }>();
  const planned = dossier.first_day <= today ? dossier.first_day : today;
  return (
    <FormDialog<{ on: Dayjs }>
      title={say('act.start')}
      form={form}
      initial={{ on: dayjs(planned) }}
      done={say('started')}
      stale={['classes', 'days']}
      onClose={onClose}
      send={({ on }) =>
        ask(api.POST('/classes/{id}/opening/start', { params: { path: { id: dossier.class.id } }, body: { on: on.format('YYYY-MM-DD'), revision: dossier.revision } }))
      }
      aim={({ rule }) => (rule === 'shape' ? undefined : ['on'])}
    >
      <Form.Item name="on" label={say('startOn')} rules={[{ required: true, message: t('common.required') }]}>
        <DatePicker style={{ width: '100%' }} maxDate={dayjs(today)} />
      </Form.Item>
    </FormDialog>
  );
}
