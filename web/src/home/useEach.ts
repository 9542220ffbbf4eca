import { useQueries, type UseQueryOptions } from '@tanstack/react-query';
import type { Asked } from './HomeCard.tsx';

/** Asks one thing of each; what comes back is whole, or fails as a whole. `null` while it is not known of what. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a query's options are whatever its own file says
export function useEach<One, T>(of: Asked<readonly One[]>, query: (one: One) => UseQueryOptions<any, Error, T, any>): Asked<(readonly [One, T])[]> {
  const ones = of.data ?? [];
  const results = useQueries({ queries: ones.map(query) });
  const failed = results.find((result) => result.isError && result.data === undefined);
  const pairs = ones.flatMap((one, n) => {
    const result = results[n];
    return result?.data === undefined ? [] : [[one, result.data] as const];
  });
  return {
    data: of.data !== undefined && pairs.length === ones.length ? pairs : undefined,
    isError: (of.isError && of.data === undefined) || failed !== undefined,
    error: of.error ?? failed?.error,
    refetch: () => {
      if (of.data === undefined) of.refetch();
      for (const result of results) if (result.isError) void result.refetch();
    },
  };
}
