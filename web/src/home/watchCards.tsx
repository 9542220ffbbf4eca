import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { camerasQuery, classesQuery, daysQuery, findingsQuery } from '~/api/queries.ts';
import type { Class } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import { useTranslation } from '~/i18n/index.ts';
import { newestDrawsQuery, supervisionQuery } from '~/supervision/queries.ts';
import { dateOf, ms, stampOf } from '~/time/zone.ts';
import { cameraStateKey, causeKey } from '~/ui/cameraWords.ts';
import { camerasDown, quotaOwed, reportsLacking, running } from './due.ts';
import { HomeCard, type Asked } from './HomeCard.tsx';
import { useEach } from './useEach.ts';
import { useHomeWords } from './words.ts';

export interface CardProps {
  today: string;
  now: number;
}

/** A query's answer made smaller. */
export function narrowed<A, B>(query: Asked<A>, make: (data: A) => B): Asked<B> {
  return { ...query, data: query.data === undefined ? undefined : make(query.data) };
}

const supervised = { tab: 'supervision' } as const;

/** R7.4a: to which classes a record is owed this week. */
export function QuotaCard({ today }: CardProps) {
  const say = useHomeWords();
  const classes = useQuery(classesQuery);
  const standings = useEach(narrowed(classes, (all) => running(all, today)), (one: Class) => supervisionQuery(one.id));
  return (
    <HomeCard
      id="quota"
      title={say('quota')}
      query={standings}
      fine={say('quotaFine')}
      more={<Link to="/supervision">{say('all')}</Link>}
      lines={(all) =>
        quotaOwed(all, today).map(({ one, quota }) => ({
          key: one.id,
          what: (
            <Link to="/classes/$classId" params={{ classId: one.id }} search={supervised}>
              {one.name}
            </Link>
          ),
          note: quota.left > 0 ? say('quotaLeft', { left: quota.left, by: quota.week?.by.slice(5) ?? '' }) : undefined,
          under: quota.short > 0 ? say('quotaShort', { weeks: quota.short }) : undefined,
          tone: quota.left > 0 ? 'due' : 'plain',
        }))
      }
    />
  );
}

/** R7.4c: whom the lots of today have drawn. */
export function DrawCard({ today }: CardProps) {
  const say = useHomeWords();
  const days = useQuery(daysQuery(today));
  const draws = useQuery(newestDrawsQuery);
  const both: Asked<{ taught: number; drawn: NonNullable<typeof draws.data> }> = {
    data: days.data === undefined || draws.data === undefined ? undefined : { taught: days.data.length, drawn: draws.data.filter((draw) => draw.date === today) },
    isError: days.isError || draws.isError,
    error: days.error ?? draws.error,
    refetch: () => Promise.all([days.refetch(), draws.refetch()]),
  };
  return (
    <HomeCard
      id="draw"
      title={say('draw')}
      query={both}
      fine={say('drawFine')}
      more={<Link to="/supervision">{say('all')}</Link>}
      lines={({ taught, drawn }) => {
        if (taught === 0) return [];
        if (drawn.length === 0) return [{ key: 'none', what: <Link to="/supervision">{say('drawNone', { classes: taught })}</Link>, tone: 'due' }];
        return drawn.flatMap((draw) =>
          draw.drawn.map((one, place) => ({
            key: `${draw.id} ${one.id}`,
            what: (
              <Link to="/classes/$classId" params={{ classId: one.id }} search={supervised}>
                {one.name}
              </Link>
            ),
            note: say('drawPlace', { number: draw.number, place: place + 1 }),
            tone: 'plain' as const,
          })),
        );
      }}
    />
  );
}

/** Findings that nobody has decided. */
export function FindingsCard() {
  const { t } = useTranslation();
  const say = useHomeWords();
  const query = useInfiniteQuery(findingsQuery('open', undefined));
  return (
    <HomeCard
      id="findings"
      title={say('findings')}
      query={query}
      fine={say('findingsFine')}
      more={<Link to="/findings">{say('all')}</Link>}
      lines={(all) =>
        all.map((finding) => ({
          key: finding.id,
          what: (
            <Link to="/findings/$findingId" params={{ findingId: finding.id }}>
              {t(`findings.kind.${finding.kind}`)}
              {finding.subject != null && ` · ${finding.subject.name}`}
            </Link>
          ),
          note: stampOf(ms(finding.raised_at)).slice(5, 16),
          under: finding.class.name,
          tone: 'bad',
        }))
      }
    />
  );
}

/** Cameras that give no picture. */
export function CamerasCard() {
  const { t } = useTranslation();
  const say = useHomeWords();
  const query = useQuery(camerasQuery);
  return (
    <HomeCard
      id="cameras"
      title={say('cameras')}
      query={query}
      fine={say('camerasFine')}
      more={<Link to="/cameras">{say('all')}</Link>}
      lines={(all) =>
        camerasDown(all).map((camera) => ({
          key: camera.id,
          what: (
            <Link to="/cameras">
              {camera.venue.name} · {camera.name}
            </Link>
          ),
          note: t(cameraStateKey(camera.status.state)),
          under: `${camera.institution.name}${camera.status.cause == null ? '' : ` · ${t(causeKey(camera.status.cause))}`} · ${t('common.since', { time: stampOf(ms(camera.status.since)).slice(5, 16) })}`,
          tone: camera.current == null ? 'due' : 'bad',
        }))
      }
    />
  );
}

/** R7.3b: reports of today that are late or missing; to an institution, those that it still owes. */
export function ReportsCard({ today, now }: CardProps) {
  const say = useHomeWords();
  const sends = useMay('send_report');
  const query = useQuery(daysQuery(today));
  return (
    <HomeCard
      id="reports"
      title={say(sends ? 'reportsOwn' : 'reports')}
      query={query}
      fine={say('reportsFine')}
      more={<Link to="/today">{say('all')}</Link>}
      lines={(lines) =>
        reportsLacking(lines, now)
          .filter(({ lack }) => !sends || lack !== 'late')
          .map(({ line, lack }) => ({
            key: line.class.id,
            what: (
              <Link to="/classes/$classId/days/$date" params={{ classId: line.class.id, date: dateOf(now) }} search={sends ? { report: true } : {}}>
                {line.class.name}
              </Link>
            ),
            note: say(`report.${lack}`),
            under: sends ? undefined : line.institution.name,
            tone: lack === 'due' ? ('due' as const) : ('bad' as const),
          }))
      }
    />
  );
}
