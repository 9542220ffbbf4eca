import { createFileRoute, redirect } from '@tanstack/react-router';
import { Problem } from '~/api/problem.ts';
import { meQuery } from '~/api/queries.ts';
import { Shell } from '~/app/Shell.tsx';
import { ErrorView } from '~/ui/ErrorView.tsx';
import { NoSuchPage } from '~/ui/NoSuchPage.tsx';

export const Route = createFileRoute('/_app')({
  beforeLoad: async ({ context, location }) => {
    try {
      await context.queryClient.query({ ...meQuery, staleTime: 'static' });
    } catch (error) {
      if (error instanceof Problem && error.status === 401) throw redirect({ to: '/sign-in', search: { to: location.href } });
      throw error;
    }
  },
  component: Shell,
  notFoundComponent: NoSuchPage,
  errorComponent: ({ error, reset }) => <ErrorView error={error} onRetry={reset} />,
});
