import { useInfiniteQuery } from '@tanstack/react-query';
import { createFileRoute } from '@tanstack/react-router';
import * as v from 'valibot';
import { findingsQuery } from '~/api/queries.ts';
import { FindingList } from '~/findings/FindingList.tsx';
import { Loaded } from '~/ui/Loaded.tsx';

export const Route = createFileRoute('/_app/findings/')({
  validateSearch: v.object({
    state: v.optional(v.fallback(v.optional(v.picklist(['open', 'confirmed', 'dismissed', 'withdrawn', 'all'])), undefined)),
    class_id: v.optional(v.fallback(v.optional(v.string()), undefined)),
  }),
  component: FindingsPage,
});

function FindingsPage() {
  const search = Route.useSearch();
  const navigate = Route.useNavigate();
  const state = search.state ?? 'open';
  const query = useInfiniteQuery(findingsQuery(state === 'all' ? undefined : state, search.class_id));
  return (
    <Loaded query={query}>
      {(findings) => <FindingList findings={findings} search={search} paged={query} onSearch={(next) => void navigate({ search: next })} />}
    </Loaded>
  );
}
