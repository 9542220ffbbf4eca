import { useInfiniteQuery } from '@tanstack/react-query';
import { createFileRoute } from '@tanstack/react-router';
import * as v from 'valibot';
import { clipsQuery } from '~/api/queries.ts';
import { ClipList } from '~/clips/ClipList.tsx';
import { Loaded } from '~/ui/Loaded.tsx';

export const Route = createFileRoute('/_app/clips/')({
  validateSearch: v.object({
    state: v.optional(v.fallback(v.optional(v.picklist(['requested', 'sealed', 'failed'])), undefined)),
    class_id: v.optional(v.fallback(v.optional(v.string()), undefined)),
  }),
  component: ClipsPage,
});

function ClipsPage() {
  const search = Route.useSearch();
  const navigate = Route.useNavigate();
  const query = useInfiniteQuery(clipsQuery(search.state, search.class_id));
  return <Loaded query={query}>{(clips) => <ClipList clips={clips} search={search} paged={query} onSearch={(next) => void navigate({ search: next })} />}</Loaded>;
}
