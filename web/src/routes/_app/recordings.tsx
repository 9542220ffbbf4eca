import { useQuery } from '@tanstack/react-query';
import { createFileRoute } from '@tanstack/react-router';
import { Card, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import * as v from 'valibot';
import { camerasQuery, recordingsQuery } from '~/api/queries.ts';
import { useNow } from '~/app/clock.ts';
import { RecordingsView } from '~/recordings/RecordingsView.tsx';
import { dateOf, isDate } from '~/time/zone.ts';
import { DatePick } from '~/ui/DatePick.tsx';
import { Loaded } from '~/ui/Loaded.tsx';
import { Nothing } from '~/ui/Nothing.tsx';
import { Page } from '~/ui/Page.tsx';

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
  const { t } = useTranslation();
  const search = Route.useSearch();
  const navigate = Route.useNavigate();
  const today = dateOf(useNow());
  const date = search.date ?? today;
  const cameras = useQuery(camerasQuery);
  const chosen = search.camera ?? cameras.data?.[0]?.id;
  return (
    <Page
      title={t('recordings.title')}
      tools={
        <>
          <Select<string>
            style={{ width: 260 }}
            showSearch={{ optionFilterProp: 'label' }}
            aria-label={t('recordings.pick')}
            placeholder={t('recordings.pick')}
            value={chosen}
            options={cameras.data?.map((camera) => ({ value: camera.id, label: `${camera.venue.name} · ${camera.name}` }))}
            onChange={(camera) => void navigate({ search: { camera, date } })}
          />
          <DatePick date={date} today={today} onChange={(next) => void navigate({ search: { camera: chosen, date: next } })} />
        </>
      }
    >
      {chosen !== undefined ? (
        <OfCamera key={`${chosen} ${date}`} camera={chosen} date={date} at={search.at ?? null} onAt={(at) => void navigate({ search: { camera: chosen, date, at }, replace: true })} />
      ) : (
        <Card size="small">
          <Nothing what={t('cameras.empty')} />
        </Card>
      )}
    </Page>
  );
}

function OfCamera({ camera, date, at, onAt }: { camera: string; date: string; at: number | null; onAt: (at: number) => void }) {
  const { t } = useTranslation();
  const query = useQuery(recordingsQuery(camera, date));
  return (
    <Loaded query={query}>
      {(recordings) =>
        recordings.parts.length === 0 ? (
          <Card size="small">
            <Nothing what={t('recordings.empty')} />
          </Card>
        ) : (
          <RecordingsView recordings={recordings} at={at} onAt={onAt} />
        )
      }
    </Loaded>
  );
}
