import { useQuery } from '@tanstack/react-query';
import { createFileRoute } from '@tanstack/react-router';
import { InspectionView } from '~/supervision/InspectionView.tsx';
import { inspectionQuery } from '~/supervision/queries.ts';
import { Loaded } from '~/ui/Loaded.tsx';
import { useBack } from '~/ui/useBack.ts';

export const Route = createFileRoute('/_app/inspections/$inspectionId')({ component: InspectionPage });

function InspectionPage() {
  const { inspectionId } = Route.useParams();
  const back = useBack('/classes');
  const query = useQuery(inspectionQuery(inspectionId));
  return <Loaded query={query}>{(sheet) => <InspectionView sheet={sheet} onBack={back} />}</Loaded>;
}
