import { Form, Input, InputNumber } from 'antd';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import { useTranslation } from '~/i18n/index.ts';
import { FormDialog } from '~/ui/FormDialog.tsx';
import { useSupervisionWords } from './words.ts';

interface DrawForm {
  wanted: number;
  reason?: string;
}

/** Draws the classes to look at today; a further draw of a day needs a reason (R7.4c). */
export function DrawDialog({ again, onClose }: { again: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const say = useSupervisionWords();
  const [form] = Form.useForm<DrawForm>();
  const needed = [{ required: true, message: t('common.required') }];
  return (
    <FormDialog<DrawForm>
      title={say(again ? 'drawAgain' : 'drawToday')}
      hint={say('drawHint')}
      form={form}
      initial={{ wanted: 2 }}
      done={say('drawn')}
      ok={say('draw')}
      stale={['draws']}
      onClose={onClose}
      send={({ wanted, reason }) => ask(api.POST('/draws', { body: { wanted, reason: reason?.trim() ?? '' } }))}
    >
      <Form.Item name="wanted" label={say('drawWanted')} rules={needed}>
        <InputNumber min={1} max={100} precision={0} style={{ width: '100%' }} />
      </Form.Item>
      {again && (
        <Form.Item name="reason" label={say('drawReason')} extra={say('drawReasonHint')} rules={[{ required: true, whitespace: true, message: t('common.required') }]}>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 5 }} maxLength={2000} />
        </Form.Item>
      )}
    </FormDialog>
  );
}
