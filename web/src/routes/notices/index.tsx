import { useInfiniteQuery } from '@tanstack/react-query';
import { createFileRoute } from '@tanstack/react-router';
import { NoticeList } from '~/notices/NoticeList.tsx';
import { PublicSheet } from '~/notices/PublicSheet.tsx';
import { publicNoticesQuery } from '~/notices/queries.ts';
import { Loaded } from '~/ui/Loaded.tsx';

export const Route = createFileRoute('/notices/')({ component: NoticesPage });

function NoticesPage() {
  const query = useInfiniteQuery(publicNoticesQuery);
  return (
    <PublicSheet>
      <Loaded query={query}>{(notices) => <NoticeList notices={notices} paged={query} />}</Loaded>
    </PublicSheet>
  );
}
