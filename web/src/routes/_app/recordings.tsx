import { useQuery } from '@tanstack/react-query';
import { createFileRoute } from '@tanstack/react-router';
import { Card, Select } from 'antd';
import * as v from 'valibot';
import { camerasQuery, recordingsQuery } from '~/api/queries.ts';
import { useNow } from '~/app/clock.ts';
import { useCameraWords } from '~/cameras/words.ts';
import { RecordingsView } from '~/recordings/RecordingsView.tsx';
import { useRecordingWords } from '~/recordings/words.ts';
import { dateOf, isDate } from '~/time/zone.ts';
import { DatePick } from '~/ui/DatePick.tsx';
import { ErrorView } from '~/ui/ErrorView.tsx';
import { Loaded } from '~/ui/Loaded.tsx';
import { Nothing } from '~/ui/Nothing.tsx';
import { Page } from '~/ui/Page.tsx';
import { Waiting } from '~/ui/Waiting.tsx';

export const Route = createFileRoute('/_app/recordings')({
  validateSearch: v.object({
    camera: v.optional(v.fallback(v.optional(v.string()), undefined)),
    date: v.optional(v.fallback(v.optional(v.pipe(v.string(), v.check(isDate))), undefined)),
    /** Milliseconds since the epoch. */
    at: v.optional(v.fallback(v.optional(v.pipe(v.number(), v.integer())), undefined)),
  }),
  component: RecordingsPage,
});

function RecordingsPage() {
  const sayRecording = useRecordingWords();
  const sayCamera = useCameraWords();
  const search = Route.useSearch();
  const navigate = Route.useNavigate();
  const now = useNow();
  const today = dateOf(now);
  const date = search.date ?? (search.at === undefined ? today : dateOf(search.at));
  const at = search.at !== undefined && dateOf(search.at) === date ? search.at : null;
  const cameras = useQuery(camerasQuery);
  const chosen = search.camera ?? cameras.data?.[0]?.id;
  const options = cameras.data?.map((camera) => ({ value: camera.id, label: `${camera.venue.name} · ${camera.name}` })) ?? [];
  // A finding may lead to a camera that was removed since: its footage is still there.
  const removed = chosen !== undefined && cameras.data !== undefined && !options.some((option) => option.value === chosen);
  return (
    <Page
      title={sayRecording('title')}
      tools={
        <>
          <Select<string>
            style={{ width: 260 }}
            showSearch={{ optionFilterProp: 'label' }}
            aria-label={sayRecording('pick')}
            placeholder={sayRecording('pick')}
            loading={cameras.isPending}
            value={cameras.isPending ? undefined : chosen}
            options={removed ? [...options, { value: chosen, label: sayRecording('removed') }] : options}
            onChange={(camera) => void navigate({ search: { camera, date } })}
          />
          <DatePick date={date} today={today} onChange={(next) => void navigate({ search: { camera: chosen, date: next } })} />
        </>
      }
    >
      {cameras.isError && chosen === undefined ? (
        <ErrorView error={cameras.error} onRetry={() => void cameras.refetch()} />
      ) : chosen !== undefined ? (
        <OfCamera key={`${chosen} ${date}`} camera={chosen} date={date} at={at} now={now} onAt={(at) => void navigate({ search: { camera: chosen, date, at }, replace: true })} />
      ) : cameras.isPending ? (
        <Waiting rows={6} />
      ) : (
        <Card size="small">
          <Nothing what={sayCamera('empty')} />
        </Card>
      )}
    </Page>
  );
}

interface OfCameraProps {
  camera: string;
  date: string;
  at: number | null;
  now: number;
  onAt: (at: number) => void;
}

function OfCamera({ camera, date, at, now, onAt }: OfCameraProps) {
  const sayRecording = useRecordingWords();
  const query = useQuery(recordingsQuery(camera, date));
  return (
    <Loaded query={query}>
      {(recordings) =>
        recordings.parts.length === 0 && at === null ? (
          <Card size="small">
            <Nothing what={sayRecording('empty')} />
          </Card>
        ) : (
          <RecordingsView camera={camera} recordings={recordings} at={at} now={now} onAt={onAt} />
        )
      }
    </Loaded>
  );
}
