import { createFileRoute, redirect } from '@tanstack/react-router';
import { meQuery } from '~/api/queries.ts';
import { startPage } from '~/app/nav.ts';

export const Route = createFileRoute('/_app/')({
  beforeLoad: async ({ context }) => {
    const me = await context.queryClient.query({ ...meQuery, staleTime: 'static' });
    throw redirect({ to: startPage(me.actions), replace: true });
  },
});
