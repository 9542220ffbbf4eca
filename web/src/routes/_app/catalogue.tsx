import { createFileRoute } from '@tanstack/react-router';
import * as v from 'valibot';
import { Catalogue } from '~/catalogue/Catalogue.tsx';
import { PARTS } from '~/catalogue/tabs.ts';

export const Route = createFileRoute('/_app/catalogue')({
  validateSearch: v.object({ part: v.optional(v.fallback(v.optional(v.picklist(PARTS)), undefined)) }),
  component: CataloguePage,
});

function CataloguePage() {
  const { part } = Route.useSearch();
  const navigate = Route.useNavigate();
  return <Catalogue part={part ?? 'institutions'} onPart={(next) => void navigate({ search: { part: next }, replace: true })} />;
}
