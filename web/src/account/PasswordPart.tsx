import { Button, Card, Form } from 'antd';
import { useState } from 'react';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import type { NewPassword } from '~/api/schema.d.ts';
import { FormDialog } from '~/ui/FormDialog.tsx';
import { AgainField, NewPasswordField, PasswordField } from './fields.tsx';
import { useAccountWords } from './words.ts';

/** One's own password. */
export function PasswordPart() {
  const say = useAccountWords();
  const [changing, setChanging] = useState(false);
  return (
    <Card
      size="small"
      title={say('password')}
      extra={
        <Button onClick={() => setChanging(true)} data-testid="change-password">
          {say('passwordChange')}
        </Button>
      }
    >
      {say('passwordHint')}
      {changing && <ChangeDialog onClose={() => setChanging(false)} />}
    </Card>
  );
}

function ChangeDialog({ onClose }: { onClose: () => void }) {
  const say = useAccountWords();
  const [form] = Form.useForm<NewPassword & { again: string }>();
  return (
    <FormDialog<NewPassword & { again: string }>
      title={say('passwordChange')}
      form={form}
      done={say('passwordChanged')}
      stale={[]}
      onClose={onClose}
      send={({ password, new_password }) => ask(api.POST('/me/password', { body: { password, new_password } }))}
    >
      <PasswordField />
      <NewPasswordField name="new_password" />
      <AgainField of="new_password" />
    </FormDialog>
  );
}
