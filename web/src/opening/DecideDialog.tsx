import { Form, Input, Radio } from 'antd';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import type { OpeningDossier } from '~/api/schema.d.ts';
import { FormDialog } from '~/ui/FormDialog.tsx';
import { Readiness } from './Readiness.tsx';
import { useOpeningWords } from './words.ts';

interface DecideForm {
  approved: boolean;
  reason?: string;
}

/** R6.2: the centre approves the application or sends it back, with the rooms' measures before its eyes. */
export function DecideDialog({ dossier, onClose }: { dossier: OpeningDossier; onClose: () => void }) {
  const say = useOpeningWords();
  const [form] = Form.useForm<DecideForm>();
  const approved = Form.useWatch('approved', form) as boolean | undefined;
  return (
    <FormDialog<DecideForm>
      title={say('act.approval')}
      form={form}
      width={680}
      initial={{ approved: true }}
      done={say('decided')}
      stale={['classes']}
      onClose={onClose}
      send={({ approved: yes, reason }) =>
        ask(
          api.POST('/classes/{id}/opening/decision', {
            params: { path: { id: dossier.class.id } },
            body: { approved: yes, reason: yes ? null : (reason ?? ''), revision: dossier.revision },
          }),
        )
      }
    >
      <Readiness rooms={dossier.readiness} />
      <Form.Item name="approved" label={say('decision')} style={{ marginTop: 14 }}>
        <Radio.Group options={[{ value: true, label: say('approve') }, { value: false, label: say('sendBack') }]} />
      </Form.Item>
      {approved === false && (
        <Form.Item name="reason" label={say('reason')} rules={[{ required: true, whitespace: true, message: say('reasonNeeded') }]}>
          <Input.TextArea autoSize={{ minRows: 3, maxRows: 8 }} maxLength={2000} />
        </Form.Item>
      )}
    </FormDialog>
  );
}
