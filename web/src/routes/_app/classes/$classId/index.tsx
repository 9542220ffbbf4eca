import { useQuery } from '@tanstack/react-query';
import { createFileRoute } from '@tanstack/react-router';
import * as v from 'valibot';
import { classQuery } from '~/api/queries.ts';
import { useNow } from '~/app/clock.ts';
import { PARTS } from '~/attendance/parts.ts';
import { ClassView } from '~/classes/ClassView.tsx';
import { TABS } from '~/classes/tabs.ts';
import { dateOf } from '~/time/zone.ts';
import { Loaded } from '~/ui/Loaded.tsx';
import { useBack } from '~/ui/useBack.ts';

export const Route = createFileRoute('/_app/classes/$classId/')({
  validateSearch: v.object({
    tab: v.optional(v.fallback(v.optional(v.picklist(TABS)), undefined)),
    /** Of the attendance: which part, and which month. */
    part: v.optional(v.fallback(v.optional(v.picklist(PARTS)), undefined)),
    month: v.optional(v.fallback(v.optional(v.pipe(v.string(), v.regex(/^\d{4}-(0[1-9]|1[0-2])$/))), undefined)),
  }),
  component: ClassPage,
});

function ClassPage() {
  const { classId } = Route.useParams();
  const { tab } = Route.useSearch();
  const navigate = Route.useNavigate();
  const today = dateOf(useNow());
  const back = useBack('/classes');
  const query = useQuery(classQuery(classId));
  return (
    <Loaded query={query}>
      {(one) => <ClassView one={one} tab={tab ?? 'life'} today={today} onBack={back} onTab={(next) => void navigate({ search: { tab: next }, replace: true })} />}
    </Loaded>
  );
}
