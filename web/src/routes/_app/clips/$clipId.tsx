import { useQuery } from '@tanstack/react-query';
import { createFileRoute } from '@tanstack/react-router';
import * as v from 'valibot';
import { clipQuery } from '~/api/queries.ts';
import { ClipView } from '~/clips/ClipView.tsx';
import { Loaded } from '~/ui/Loaded.tsx';
import { useBack } from '~/ui/useBack.ts';

export const Route = createFileRoute('/_app/clips/$clipId')({
  /** Milliseconds since the epoch. */
  validateSearch: v.object({ at: v.optional(v.fallback(v.optional(v.pipe(v.number(), v.integer())), undefined)) }),
  component: ClipPage,
});

function ClipPage() {
  const { clipId } = Route.useParams();
  const { at } = Route.useSearch();
  const back = useBack('/clips');
  const query = useQuery(clipQuery(clipId));
  return <Loaded query={query}>{(clip) => <ClipView clip={clip} at={at ?? null} onBack={back} />}</Loaded>;
}
