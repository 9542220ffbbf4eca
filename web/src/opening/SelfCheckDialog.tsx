import 'dayjs/locale/zh-cn';
import { DatePicker, Form } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import type { OpeningDossier, SelfCheckItem } from '~/api/schema.d.ts';
import { FilePick } from '~/files/FilePick.tsx';
import { useTranslation } from '~/i18n/index.ts';
import type { Aim } from '~/ui/placing.ts';
import { WizardDialog } from '~/ui/WizardDialog.tsx';
import styles from './opening.module.css';
import { useOpeningWords } from './words.ts';

const ITEMS = ['licence', 'major', 'venue', 'textbooks'] as const satisfies readonly SelfCheckItem[];
type CheckForm = Record<SelfCheckItem, { on: Dayjs; file_id: string }>;

interface SelfCheckDialogProps {
  dossier: OpeningDossier;
  today: string;
  onClose: () => void;
}

/** The rule that holds each item against the bureau's lists. */
const ABOUT: Readonly<Record<string, SelfCheckItem>> = { 'R1.1': 'major', 'R1.2': 'venue', 'R1.3': 'textbooks' };

const aim: Aim = ({ field, rule }) => {
  const [, index, part] = /^checks\[(\d)\]\.(\w+)$/.exec(field) ?? [];
  const item = index === undefined ? ABOUT[rule] : ITEMS[Number(index)];
  return item === undefined ? undefined : [item, part ?? 'file_id'];
};

/** R2.1: the four items, each with the bureau's approval; one a step. */
export function SelfCheckDialog({ dossier, today, onClose }: SelfCheckDialogProps) {
  const { t } = useTranslation();
  const say = useOpeningWords();
  const [form] = Form.useForm<CheckForm>();
  const needed = [{ required: true, message: t('common.required') }];
  const asked = dayjs(today);
  return (
    <WizardDialog<CheckForm>
      title={say('act.self_check')}
      form={form}
      initial={{ licence: { on: asked }, major: { on: asked }, venue: { on: asked }, textbooks: { on: asked } } as Partial<CheckForm>}
      ok={say('act.self_check')}
      done={say('checkedDone')}
      stale={['classes']}
      aim={aim}
      onClose={onClose}
      send={(values) =>
        ask(
          api.POST('/classes/{id}/opening/self-check', {
            params: { path: { id: dossier.class.id } },
            body: { revision: dossier.revision, checks: ITEMS.map((item) => ({ item, file_id: values[item].file_id, on: values[item].on.format('YYYY-MM-DD') })) },
          }),
        )
      }
      steps={ITEMS.map((item) => ({
        title: say(`item.${item}`),
        fields: [item],
        content: (
          <div className={styles.pair}>
            <Form.Item name={[item, 'file_id']} label={`${say(`item.${item}`)} · ${say('approvalFile')}`} rules={needed}>
              <FilePick />
            </Form.Item>
            <Form.Item name={[item, 'on']} label={say('checkedOn')} rules={needed}>
              <DatePicker style={{ width: '100%' }} maxDate={asked} />
            </Form.Item>
          </div>
        ),
      }))}
    />
  );
}
