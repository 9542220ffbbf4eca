import { useQuery } from '@tanstack/react-query';
import { createFileRoute } from '@tanstack/react-router';
import * as v from 'valibot';
import { useNow } from '~/app/clock.ts';
import { HealthView } from '~/health/HealthView.tsx';
import { healthQuery } from '~/health/queries.ts';
import { dateOf, isDate, shiftDate } from '~/time/zone.ts';
import { Loaded } from '~/ui/Loaded.tsx';
import { useBack } from '~/ui/useBack.ts';

/** So many days before the last are shown; the API gives at most 31. */
const BEFORE = 13;

export const Route = createFileRoute('/_app/cameras_/$cameraId')({
  validateSearch: v.object({ to: v.optional(v.fallback(v.optional(v.pipe(v.string(), v.check(isDate))), undefined)) }),
  component: CameraPage,
});

function CameraPage() {
  const { cameraId } = Route.useParams();
  const navigate = Route.useNavigate();
  const back = useBack('/cameras');
  const today = dateOf(useNow());
  const to = Route.useSearch().to ?? today;
  const from = shiftDate(to, -BEFORE);
  const query = useQuery(healthQuery(cameraId, from, to));
  return (
    <Loaded query={query}>
      {(health) => <HealthView health={health} from={from} to={to} today={today} onTo={(next) => void navigate({ search: next === today ? {} : { to: next }, replace: true })} onBack={back} />}
    </Loaded>
  );
}
