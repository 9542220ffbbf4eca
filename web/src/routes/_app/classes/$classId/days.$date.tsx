import { useQuery } from '@tanstack/react-query';
import { createFileRoute, notFound } from '@tanstack/react-router';
import * as v from 'valibot';
import { classDayQuery } from '~/api/queries.ts';
import { useNow } from '~/app/clock.ts';
import { ClassDayView } from '~/day/ClassDayView.tsx';
import { ReportDrawer } from '~/report/ReportDrawer.tsx';
import { dateOf, isDate } from '~/time/zone.ts';
import { Loaded } from '~/ui/Loaded.tsx';
import { useBack } from '~/ui/useBack.ts';

export const Route = createFileRoute('/_app/classes/$classId/days/$date')({
  validateSearch: v.object({ report: v.optional(v.fallback(v.optional(v.boolean()), undefined)) }),
  beforeLoad: ({ params }) => {
    if (!isDate(params.date)) throw notFound();
  },
  component: ClassDayPage,
});

function ClassDayPage() {
  const { classId, date } = Route.useParams();
  const { report } = Route.useSearch();
  const navigate = Route.useNavigate();
  const now = useNow();
  const back = useBack('/today');
  const query = useQuery(classDayQuery(classId, date));
  return (
    <Loaded query={query}>
      {(day) => (
        <>
          <ClassDayView
            day={day}
            now={now}
            today={dateOf(now)}
            onBack={back}
            onDate={(next) => void navigate({ params: { classId, date: next }, search: {}, replace: true })}
            onFinding={(findingId) => void navigate({ to: '/findings/$findingId', params: { findingId } })}
            onReport={() => void navigate({ search: { report: true }, replace: true })}
          />
          {report === true && <ReportDrawer day={day} onClose={() => void navigate({ search: {}, replace: true })} />}
        </>
      )}
    </Loaded>
  );
}
