import { useQuery } from '@tanstack/react-query';
import { createFileRoute } from '@tanstack/react-router';
import { clipQuery } from '~/api/queries.ts';
import { ClipView } from '~/clips/ClipView.tsx';
import { Loaded } from '~/ui/Loaded.tsx';
import { useBack } from '~/ui/useBack.ts';

export const Route = createFileRoute('/_app/clips/$clipId')({ component: ClipPage });

function ClipPage() {
  const { clipId } = Route.useParams();
  const back = useBack('/clips');
  const query = useQuery(clipQuery(clipId));
  return <Loaded query={query}>{(clip) => <ClipView clip={clip} onBack={back} />}</Loaded>;
}
