import { Form, Input, Radio } from 'antd';
import type { TeachingDecision, TeachingOutcome } from '~/api/schema.d.ts';
import { FormDialog } from '~/ui/FormDialog.tsx';
import { useTimetableWords } from './words.ts';

interface DecideTeachingProps {
  /** Whether an approval needs one, as something is wrong. */
  needsReason: boolean;
  send: (decision: TeachingDecision) => Promise<unknown>;
  onClose: () => void;
}

interface Values {
  outcome: TeachingOutcome;
  reason?: string;
}

/** The centre approves or refuses, with its reason. */
export function DecideTeaching({ needsReason, send, onClose }: DecideTeachingProps) {
  const say = useTimetableWords();
  const [form] = Form.useForm<Values>();
  const outcome = Form.useWatch('outcome', form);
  const needed = needsReason || outcome === 'refused';
  return (
    <FormDialog<Values>
      title={say('decide')}
      form={form}
      initial={{ outcome: 'approved' }}
      done={say('decided')}
      stale={['classes', 'days']}
      onClose={onClose}
      send={({ outcome: chosen, reason }) => send({ outcome: chosen, reason: reason ?? '' })}
      aim={({ field }) => (field === 'refusal_without_reason' ? ['reason'] : undefined)}
    >
      <Form.Item name="outcome" label={say('decision')}>
        <Radio.Group options={[{ value: 'approved', label: say('approve') }, { value: 'refused', label: say('refuse') }]} />
      </Form.Item>
      <Form.Item name="reason" label={say('why')} extra={needed ? say('whyNeeded') : undefined} rules={needed ? [{ required: true, whitespace: true, message: say('whyNeeded') }] : []}>
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 8 }} maxLength={2000} />
      </Form.Item>
    </FormDialog>
  );
}
