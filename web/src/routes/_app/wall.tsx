import { useQuery } from '@tanstack/react-query';
import { createFileRoute } from '@tanstack/react-router';
import * as v from 'valibot';
import { camerasQuery } from '~/api/queries.ts';
import { useNow } from '~/app/clock.ts';
import { Wall } from '~/live/Wall.tsx';
import { GRIDS } from '~/live/wallPages.ts';
import { dateOf } from '~/time/zone.ts';
import { Loaded } from '~/ui/Loaded.tsx';

const Search = v.object({
  grid: v.optional(v.fallback(v.optional(v.picklist(GRIDS)), undefined)),
  page: v.optional(v.fallback(v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))), undefined)),
  camera: v.optional(v.fallback(v.optional(v.string()), undefined)),
});

export const Route = createFileRoute('/_app/wall')({
  validateSearch: Search,
  component: WallPage,
});

function WallPage() {
  const query = useQuery(camerasQuery);
  const search = Route.useSearch();
  const navigate = Route.useNavigate();
  const today = dateOf(useNow());
  return (
    <Loaded query={query}>
      {(cameras) => <Wall cameras={cameras} search={search} today={today} onSearch={(next) => void navigate({ search: next })} />}
    </Loaded>
  );
}
