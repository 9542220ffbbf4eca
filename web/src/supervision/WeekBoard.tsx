import { useQueries, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Card, Skeleton, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { classesQuery } from '~/api/queries.ts';
import type { Class, SupervisionStanding } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import { useTranslation } from '~/i18n/index.ts';
import { Loaded } from '~/ui/Loaded.tsx';
import { Nothing } from '~/ui/Nothing.tsx';
import { supervisionQuery } from './queries.ts';
import RecordDialog from './RecordDialog.tsx';
import { StandingTag } from './StandingTag.tsx';
import styles from './supervision.module.css';
import { quotaOf } from './week.ts';
import { useSupervisionWords } from './words.ts';

/** Remote supervision of this week, a line a running class: what is signed of what is needed (R7.4a). */
export function WeekBoard({ today }: { today: string }) {
  const say = useSupervisionWords();
  const query = useQuery(classesQuery);
  return (
    <Card size="small" title={say('quota')} styles={{ body: { padding: 0 } }}>
      <p className={styles.under}>{say('quotaHint')}</p>
      <Loaded query={query}>{(classes) => <Board classes={classes.filter((one) => one.starts_on <= today && today <= one.ends_on)} today={today} />}</Loaded>
    </Card>
  );
}

interface Line {
  one: Class;
  standing: SupervisionStanding | undefined;
  failed: boolean;
}

function Board({ classes, today }: { classes: readonly Class[]; today: string }) {
  const { t } = useTranslation();
  const say = useSupervisionWords();
  const signs = useMay('supervise');
  const [recording, setRecording] = useState<Class | null>(null);
  const standings = useQueries({ queries: classes.map((one) => supervisionQuery(one.id)) });
  const lines: Line[] = classes.map((one, n) => ({ one, standing: standings[n]?.data, failed: standings[n]?.isError ?? false }));
  const columns: TableColumnsType<Line> = [
    {
      title: t('common.class'),
      render: (_, { one }) => (
        <>
          <Link to="/classes/$classId" params={{ classId: one.id }} search={{ tab: 'supervision' }} style={{ fontWeight: 600 }}>
            {one.name}
          </Link>
          <div className={styles.quiet}>{one.institution.name}</div>
        </>
      ),
    },
    { title: say('weekThis'), render: (_, line) => <Quota line={line} today={today} /> },
    { title: say('visits'), render: (_, { standing }) => (standing?.visits == null ? '—' : <>{say('visitsCount', { done: standing.visits.visits.length, needed: standing.visits.needed })} <StandingTag standing={standing.visits.standing} /></>) },
    ...(signs
      ? [
          {
            title: t('common.actions'),
            render: (_: unknown, { one }: Line) => (
              <Button size="small" onClick={() => setRecording(one)}>
                {say('recordNow')}
              </Button>
            ),
          },
        ]
      : []),
  ];
  return (
    <>
      <Table<Line>
        size="small"
        rowKey={({ one }) => one.id}
        columns={columns}
        dataSource={lines.toSorted((a, b) => urgency(b, today) - urgency(a, today))}
        pagination={lines.length > 50 ? { pageSize: 50, size: 'small' } : false}
        showHeader={lines.length > 0}
        scroll={lines.length > 0 ? { x: 'max-content' } : undefined}
        locale={{ emptyText: <Nothing what={say('quotaNone')} /> }}
        onRow={() => ({ 'data-testid': 'quota' }) as object}
      />
      {recording !== null && <RecordDialog classId={recording.id} className={recording.name} onClose={() => setRecording(null)} />}
    </>
  );
}

/** What is left this week comes first, then earlier weeks that are short. */
function urgency({ standing }: Line, today: string): number {
  if (standing === undefined) return -1;
  const { left, short } = quotaOf(standing, today);
  return left * 100 + short;
}

function Quota({ line: { standing, failed }, today }: { line: Line; today: string }) {
  const { t } = useTranslation();
  const say = useSupervisionWords();
  if (failed) return <span style={{ color: 'var(--red)' }}>{t('problem.server')}</span>;
  if (standing === undefined) return <Skeleton.Button size="small" active />;
  const { week, left, short } = quotaOf(standing, today);
  return (
    <>
      {week === null ? (
        <span className={styles.quiet}>{say('quotaNoneThisWeek')}</span>
      ) : (
        <>
          <b>{say('weekCount', { signed: week.signed, needed: week.needed })}</b> <StandingTag standing={week.standing} />{' '}
          <span className={styles.quiet}>{left === 0 ? say('quotaDone') : `${say('quotaLeft', { left })} · ${say('weekBy', { by: week.by })}`}</span>
        </>
      )}
      {short > 0 && <div style={{ color: 'var(--red)', fontSize: 13 }}>{say('quotaBehind', { weeks: short })}</div>}
    </>
  );
}
