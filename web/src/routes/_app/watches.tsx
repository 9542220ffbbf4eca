import { useInfiniteQuery } from '@tanstack/react-query';
import { createFileRoute } from '@tanstack/react-router';
import { watchesQuery } from '~/api/queries.ts';
import { WatchList } from '~/audit/WatchList.tsx';
import { Loaded } from '~/ui/Loaded.tsx';

export const Route = createFileRoute('/_app/watches')({ component: WatchPage });

function WatchPage() {
  const query = useInfiniteQuery(watchesQuery);
  return <Loaded query={query}>{(all) => <WatchList watches={all} paged={query} />}</Loaded>;
}
