import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, Outlet } from '@tanstack/react-router';
import { ErrorView } from '~/ui/ErrorView.tsx';
import { NoSuchPage } from '~/ui/NoSuchPage.tsx';

export const Route = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  component: Outlet,
  notFoundComponent: NoSuchPage,
  errorComponent: ({ error, reset }) => <ErrorView error={error} onRetry={reset} />,
});
