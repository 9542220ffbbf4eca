import { createFileRoute } from '@tanstack/react-router';
import * as v from 'valibot';
import { STATES } from '~/uploads/states.ts';
import { UploadsPage } from '~/uploads/UploadsPage.tsx';

export const Route = createFileRoute('/_app/uploads/')({
  validateSearch: v.object({
    class_id: v.optional(v.fallback(v.optional(v.string()), undefined)),
    state: v.optional(v.fallback(v.optional(v.picklist(STATES)), undefined)),
  }),
  component: UploadsRoute,
});

function UploadsRoute() {
  const search = Route.useSearch();
  const navigate = Route.useNavigate();
  return <UploadsPage search={search} onSearch={(next) => void navigate({ search: next, replace: true })} />;
}
