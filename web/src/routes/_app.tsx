import { createFileRoute, redirect } from '@tanstack/react-router';
import { Problem } from '~/api/problem.ts';
import { meQuery } from '~/api/queries.ts';
import type { Me } from '~/api/schema.d.ts';
import { Shell } from '~/app/Shell.tsx';
import { ErrorView } from '~/ui/ErrorView.tsx';
import { NoSuchPage } from '~/ui/NoSuchPage.tsx';

export const Route = createFileRoute('/_app')({
  beforeLoad: async ({ context, location }) => {
    let me: Me;
    try {
      me = await context.queryClient.query({ ...meQuery, staleTime: 'static' });
    } catch (error) {
      if (error instanceof Problem && error.status === 401) throw redirect({ to: '/sign-in', search: { to: location.href } });
      throw error;
    }
    // The API refuses everything else until then.
    if (me.must_enrol && location.pathname !== '/account') throw redirect({ to: '/account' });
  },
  component: Shell,
  notFoundComponent: NoSuchPage,
  errorComponent: ({ error, reset }) => <ErrorView error={error} onRetry={reset} />,
});
