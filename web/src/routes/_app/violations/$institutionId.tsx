import { useQuery } from '@tanstack/react-query';
import { createFileRoute } from '@tanstack/react-router';
import { Loaded } from '~/ui/Loaded.tsx';
import { useBack } from '~/ui/useBack.ts';
import { ConductView } from '~/violations/ConductView.tsx';
import { conductQuery } from '~/violations/queries.ts';

export const Route = createFileRoute('/_app/violations/$institutionId')({ component: InstitutionPage });

function InstitutionPage() {
  const { institutionId } = Route.useParams();
  const back = useBack('/violations');
  const query = useQuery(conductQuery(institutionId));
  return <Loaded query={query}>{(conduct) => <ConductView conduct={conduct} onBack={back} />}</Loaded>;
}
