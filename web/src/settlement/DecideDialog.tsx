import { Form, Input, Radio, Select } from 'antd';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import type { CloseOut } from '~/api/schema.d.ts';
import { useTranslation } from '~/i18n/index.ts';
import { FormDialog } from '~/ui/FormDialog.tsx';
import { useSettlementWords } from './words.ts';

interface DecideForm {
  outcome: 'accepted' | 'turned_down';
  students: string[];
  reason?: string;
}

interface DecideDialogProps {
  closeout: CloseOut;
  name: (id: string) => string;
  onClose: () => void;
}

/** Accepts students of the pass list, or turns the application down (R8.1). */
export function DecideDialog({ closeout, name, onClose }: DecideDialogProps) {
  const { t } = useTranslation();
  const say = useSettlementWords();
  const [form] = Form.useForm<DecideForm>();
  const outcome = Form.useWatch('outcome', form);
  // The form has it only once it was drawn.
  const students: unknown = Form.useWatch('students', form);
  const needed = { required: true, message: t('common.required') };
  const someLeft = outcome === 'accepted' && Array.isArray(students) && students.length < closeout.pass_list.length;
  return (
    <FormDialog<DecideForm>
      title={say('decideTitle')}
      width={600}
      form={form}
      initial={{ outcome: 'accepted', students: closeout.pass_list }}
      done={say('decided')}
      ok={say('decide')}
      stale={['classes']}
      onClose={onClose}
      send={({ outcome, students, reason }) =>
        ask(
          api.POST('/closeouts/{id}/decision', {
            params: { path: { id: closeout.id } },
            body: outcome === 'accepted' ? { outcome, students, reason: reason?.trim() ?? '' } : { outcome, reason: reason?.trim() ?? '' },
          }),
        )
      }
    >
      <Form.Item name="outcome">
        <Radio.Group
          options={[
            { value: 'accepted', label: say('accept') },
            { value: 'turned_down', label: say('turnDown') },
          ]}
        />
      </Form.Item>
      {/* Kept in the form while it is hidden, so that changing one's mind loses nothing. */}
      <Form.Item name="students" label={say('acceptWho')} hidden={outcome !== 'accepted'} rules={outcome === 'accepted' ? [needed] : []}>
        <Select mode="multiple" showSearch={{ optionFilterProp: 'label' }} maxTagCount={12} options={closeout.pass_list.map((id) => ({ value: id, label: name(id) }))} />
      </Form.Item>
      <Form.Item name="reason" label={say(outcome === 'accepted' ? 'acceptReason' : 'reason')} rules={outcome === 'turned_down' || someLeft ? [{ ...needed, whitespace: true }] : []}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={2000} />
      </Form.Item>
    </FormDialog>
  );
}
