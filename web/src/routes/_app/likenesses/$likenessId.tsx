import { useQuery } from '@tanstack/react-query';
import { createFileRoute } from '@tanstack/react-router';
import { LikenessView } from '~/likenesses/LikenessView.tsx';
import { likenessQuery } from '~/likenesses/queries.ts';
import { Loaded } from '~/ui/Loaded.tsx';
import { useBack } from '~/ui/useBack.ts';

export const Route = createFileRoute('/_app/likenesses/$likenessId')({ component: LikenessPage });

function LikenessPage() {
  const { likenessId } = Route.useParams();
  const back = useBack('/likenesses');
  const query = useQuery(likenessQuery(likenessId));
  return <Loaded query={query}>{(likeness) => <LikenessView key={likeness.id} likeness={likeness} onBack={back} />}</Loaded>;
}
