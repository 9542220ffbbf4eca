import { useQuery } from '@tanstack/react-query';
import { createFileRoute } from '@tanstack/react-router';
import * as v from 'valibot';
import { daysQuery } from '~/api/queries.ts';
import { useNow } from '~/app/clock.ts';
import { dateOf, isDate } from '~/time/zone.ts';
import { Today } from '~/today/Today.tsx';
import { Loaded } from '~/ui/Loaded.tsx';

export const Route = createFileRoute('/_app/today')({
  validateSearch: v.object({ date: v.optional(v.fallback(v.optional(v.pipe(v.string(), v.check(isDate))), undefined)) }),
  component: TodayPage,
});

function TodayPage() {
  const today = dateOf(useNow());
  const date = Route.useSearch().date ?? today;
  const navigate = Route.useNavigate();
  const query = useQuery(daysQuery(date));
  return (
    <Loaded query={query}>
      {(lines) => (
        <Today lines={lines} date={date} today={today} onDate={(next) => void navigate({ search: next === today ? {} : { date: next } })} />
      )}
    </Loaded>
  );
}
