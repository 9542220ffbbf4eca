import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ErrorView } from './ErrorView.tsx';
import { Waiting } from './Waiting.tsx';

interface LoadedProps<T> {
  query: UseQueryResult<T>;
  children: (data: T) => ReactNode;
}

/** A query's three outcomes: the old content stays on the page while a refresh fails. */
export function Loaded<T>({ query, children }: LoadedProps<T>) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.isError) return <ErrorView error={query.error} onRetry={() => void query.refetch()} />;
  return <Waiting rows={6} />;
}
