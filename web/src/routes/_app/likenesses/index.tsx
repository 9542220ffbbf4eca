import { createFileRoute } from '@tanstack/react-router';
import * as v from 'valibot';
import { LikenessList } from '~/likenesses/LikenessList.tsx';
import { LIKENESS_STATES } from '~/likenesses/states.ts';

export const Route = createFileRoute('/_app/likenesses/')({
  validateSearch: v.object({
    state: v.optional(v.fallback(v.optional(v.picklist([...LIKENESS_STATES, 'all'])), undefined)),
    class_id: v.optional(v.fallback(v.optional(v.string()), undefined)),
  }),
  component: LikenessesPage,
});

function LikenessesPage() {
  const search = Route.useSearch();
  const navigate = Route.useNavigate();
  return <LikenessList search={search} onSearch={(next) => void navigate({ search: next, replace: true })} />;
}
