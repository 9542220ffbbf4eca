import { QueryClient } from '@tanstack/react-query';
import { Problem } from '~/api/problem.ts';

/** Trying again helps against a network and a busy server, never against a refusal. */
function worthAnother(failures: number, error: unknown): boolean {
  const passing = error instanceof Problem && (error.status === 0 || error.status >= 500);
  return passing && failures < 2;
}

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: 2_000, retry: worthAnother, refetchOnWindowFocus: true },
      mutations: { retry: false },
    },
  });
}
