import { Form, Typography } from 'antd';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import type { BegunSecondFactor, FirstCode, RecoveryCodes } from '~/api/schema.d.ts';
import { FormDialog } from '~/ui/FormDialog.tsx';
import { CodeField } from './fields.tsx';
import { useAccountWords } from './words.ts';

interface ConfirmDialogProps {
  begun: BegunSecondFactor;
  onCodes: (codes: RecoveryCodes) => void;
  onClose: () => void;
}

/** The secret for the device, and the first code that shows it has arrived there. */
export function ConfirmDialog({ begun, onCodes, onClose }: ConfirmDialogProps) {
  const say = useAccountWords();
  const [form] = Form.useForm<FirstCode>();
  return (
    <FormDialog<FirstCode>
      title={say('factorBegin')}
      hint={say('factorBegun')}
      form={form}
      done={say('factorConfirmed')}
      ok={say('factorConfirm')}
      stale={['second-factor', 'me']}
      onClose={onClose}
      send={async (body) => onCodes(await ask(api.POST('/me/second-factor/confirmation', { body })))}
    >
      <Form.Item label={say('secret')}>
        <Typography.Text copyable={{ text: begun.secret }} code style={{ wordBreak: 'break-all' }} data-testid="factor-secret">
          {begun.secret.replace(/(.{4})(?=.)/g, '$1 ')}
        </Typography.Text>
      </Form.Item>
      <Form.Item label={say('uri')} extra={<a href={begun.uri}>{say('uriOpen')}</a>}>
        <Typography.Text copyable style={{ wordBreak: 'break-all', fontSize: 12 }}>
          {begun.uri}
        </Typography.Text>
      </Form.Item>
      <CodeField label={say('code')} />
    </FormDialog>
  );
}
