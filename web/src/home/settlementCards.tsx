import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { classesQuery } from '~/api/queries.ts';
import type { Class, OpeningStage } from '~/api/schema.d.ts';
import { useText } from '~/i18n/index.ts';
import { closeoutsQuery, noticesQuery } from '~/settlement/queries.ts';
import { ending, opening, stageOf, type SettlementStage } from './due.ts';
import { HomeCard, type Asked, type Tone } from './HomeCard.tsx';
import { hangingNoticesQuery, openingQuery } from './queries.ts';
import { useEach } from './useEach.ts';
import { narrowed, type CardProps } from './watchCards.tsx';
import { useHomeWords } from './words.ts';

/** Classes that do not run yet, and what the next step of each misses. */
export function PipelineCard({ today }: CardProps) {
  const say = useHomeWords();
  const text = useText();
  const classes = useQuery(classesQuery);
  const query = useEach(narrowed(classes, (all) => opening(all, today)), (one: Class) => openingQuery(one.id));
  return (
    <HomeCard
      id="pipeline"
      title={say('pipeline')}
      query={query}
      fine={say('pipelineFine')}
      more={<Link to="/classes">{say('all')}</Link>}
      lines={(all) =>
        all
          .toSorted(([, a], [, b]) => STAGES.indexOf(b.stage) - STAGES.indexOf(a.stage) || a.first_day.localeCompare(b.first_day))
          .map(([one, begun]) => ({
            key: one.id,
            what: (
              <Link to="/classes/$classId" params={{ classId: one.id }}>
                {one.name}
              </Link>
            ),
            note: say(`stage.${begun.stage}`),
            under: begun.missing[0] === undefined ? `${one.institution.name} · ${say('firstDay', { day: begun.first_day })}` : `${one.institution.name} · ${text(begun.missing[0].expected)}`,
            tone: begun.stage === 'applied' || begun.stage === 'self_checked' || begun.first_day < today ? ('due' as const) : ('plain' as const),
          }))
      }
    />
  );
}

const STAGES: readonly OpeningStage[] = ['draft', 'self_checked', 'filed', 'applied', 'approved', 'running'];

const TONES: Record<SettlementStage, Tone> = {
  no_application: 'due', to_decide: 'due', turned_down: 'plain', to_publish: 'due', hanging: 'plain', contested: 'bad', fallen: 'bad', to_pay: 'due', paid: 'fine',
};

/** Classes near or past their end: what their settlement waits for (R8, R9.4, R10). */
export function SettlementCard({ today }: CardProps) {
  const say = useHomeWords();
  const classes = useQuery(classesQuery);
  const near = narrowed(classes, (all) => ending(all, today));
  const closeouts = useEach(near, (one: Class) => closeoutsQuery(one.id));
  const notices = useEach(near, (one: Class) => noticesQuery(one.id));
  const both: Asked<{ one: Class; stage: SettlementStage }[]> = {
    data:
      closeouts.data === undefined || notices.data === undefined
        ? undefined
        : closeouts.data.map(([one, applied], n) => ({ one, stage: stageOf(applied, notices.data?.[n]?.[1] ?? []) })),
    isError: closeouts.isError || notices.isError,
    error: closeouts.error ?? notices.error,
    refetch: () => {
      closeouts.refetch();
      notices.refetch();
    },
  };
  return (
    <HomeCard
      id="settlement"
      title={say('settlement')}
      query={both}
      fine={say('settlementFine')}
      lines={(all) =>
        all
          .filter(({ stage }) => stage !== 'paid')
          .map(({ one, stage }) => ({
            key: one.id,
            what: (
              <Link to="/classes/$classId" params={{ classId: one.id }} search={{ tab: 'settlement' }}>
                {one.name}
              </Link>
            ),
            note: say(`settle.${stage}`),
            under: `${one.institution.name} · ${say(one.ends_on < today ? 'ended' : 'endsOn', { day: one.ends_on })}`,
            tone: TONES[stage],
          }))
      }
    />
  );
}

/** R10.1: notices that hang, by their last day. */
export function NoticesCard() {
  const say = useHomeWords();
  const query = useQuery(hangingNoticesQuery);
  return (
    <HomeCard
      id="notices"
      title={say('notices')}
      query={query}
      fine={say('noticesFine')}
      more={<Link to="/notices">{say('all')}</Link>}
      lines={(all) =>
        all
          .toSorted((a, b) => a.until.localeCompare(b.until))
          .map((notice) => ({
            key: notice.id,
            what: (
              <Link to="/notices/$noticeId" params={{ noticeId: notice.id }}>
                {notice.class}
              </Link>
            ),
            note: say('noticeUntil', { day: notice.until }),
            under: notice.institution,
            tone: 'plain' as const,
          }))
      }
    />
  );
}
