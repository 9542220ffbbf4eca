import { createFileRoute } from '@tanstack/react-router';
import * as v from 'valibot';
import { Administration } from '~/administration/Administration.tsx';
import { PARTS } from '~/administration/tabs.ts';

export const Route = createFileRoute('/_app/administration')({
  validateSearch: v.object({ part: v.optional(v.fallback(v.optional(v.picklist(PARTS)), undefined)) }),
  component: AdministrationPage,
});

function AdministrationPage() {
  const { part } = Route.useSearch();
  const navigate = Route.useNavigate();
  return <Administration part={part ?? 'policy'} onPart={(next) => void navigate({ search: { part: next }, replace: true })} />;
}
