import { Form } from 'antd';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import type { MadeInvitation, NewInvitation } from '~/api/schema.d.ts';
import { FormDialog } from '~/ui/FormDialog.tsx';
import { WhoFields } from './WhoFields.tsx';
import { useUserWords } from './words.ts';

/** Invites somebody: they choose user name and password themselves. */
export function InviteDialog({ onMade, onClose }: { onMade: (made: MadeInvitation) => void; onClose: () => void }) {
  const say = useUserWords();
  const [form] = Form.useForm<NewInvitation>();
  return (
    <FormDialog<NewInvitation>
      title={say('invite')}
      hint={say('inviteHint')}
      form={form}
      done={say('invited')}
      ok={say('invite')}
      stale={['invitations']}
      onClose={onClose}
      send={async (body) => onMade(await ask(api.POST('/invitations', { body })))}
    >
      <WhoFields />
    </FormDialog>
  );
}
