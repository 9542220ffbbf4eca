import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Flex } from 'antd';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import type { MadeInvitation, User } from '~/api/schema.d.ts';
import { useMessages } from '~/app/messages.tsx';
import { useTell } from '~/app/useProblem.ts';
import { SureButton } from './SureButton.tsx';
import { useUserWords } from './words.ts';

/** What a manager does to somebody else's account; one's own is kept on the page of one's account. */
export function UserActions({ user, onMade }: { user: User; onMade: (made: MadeInvitation) => void }) {
  const say = useUserWords();
  const params = { path: { id: user.id } };
  const name = user.display_name;
  if (user.disabled_at != null) return <Reopen user={user} />;
  return (
    <Flex gap={6}>
      <SureButton label={say('reset')} sure={say('resetSure', { name })} stale="invitations" act={async () => onMade(await ask(api.POST('/users/{id}/reset', { params })))} />
      <SureButton label={say('dropFactor')} sure={say('dropFactorSure', { name })} done={say('factorDropped')} stale="users" act={() => ask(api.DELETE('/users/{id}/second-factor', { params }))} />
      <SureButton label={say('close')} sure={say('closeSure', { name })} done={say('closed')} danger stale="users" act={() => ask(api.PATCH('/users/{id}', { params, body: { closed: true } }))} />
    </Flex>
  );
}

function Reopen({ user }: { user: User }) {
  const say = useUserWords();
  const message = useMessages();
  const client = useQueryClient();
  const tell = useTell();
  const reopen = useMutation({
    mutationFn: () => ask(api.PATCH('/users/{id}', { params: { path: { id: user.id } }, body: { closed: false } })),
    onSuccess: async () => {
      message.success(say('reopened'));
      await client.invalidateQueries({ queryKey: ['users'] });
    },
    onError: tell,
  });
  return (
    <Button size="small" loading={reopen.isPending} onClick={() => reopen.mutate()}>
      {say('reopen')}
    </Button>
  );
}
