import { useQuery } from '@tanstack/react-query';
import { createFileRoute } from '@tanstack/react-router';
import { findingQuery } from '~/api/queries.ts';
import { FindingView } from '~/findings/FindingView.tsx';
import { Loaded } from '~/ui/Loaded.tsx';
import { useBack } from '~/ui/useBack.ts';

export const Route = createFileRoute('/_app/findings/$findingId')({ component: FindingPage });

function FindingPage() {
  const { findingId } = Route.useParams();
  const back = useBack('/findings');
  const query = useQuery(findingQuery(findingId));
  return <Loaded query={query}>{(finding) => <FindingView finding={finding} onBack={back} />}</Loaded>;
}
