import { createFileRoute } from '@tanstack/react-router';
import * as v from 'valibot';
import { CaseList } from '~/violations/CaseList.tsx';
import { VIOLATION_STATES } from '~/violations/states.ts';

export const Route = createFileRoute('/_app/violations/')({
  validateSearch: v.object({
    state: v.optional(v.fallback(v.optional(v.picklist([...VIOLATION_STATES, 'all'])), undefined)),
    class_id: v.optional(v.fallback(v.optional(v.string()), undefined)),
  }),
  component: ViolationsPage,
});

function ViolationsPage() {
  const search = Route.useSearch();
  const navigate = Route.useNavigate();
  return <CaseList search={search} onSearch={(next) => void navigate({ search: next })} />;
}
