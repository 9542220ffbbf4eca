import { Link } from '@tanstack/react-router';
import { Card, Statistic, Table, Tag, type TableColumnsType } from 'antd';
import type { DayLine } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import { useTranslation } from '~/i18n/index.ts';
import { useReportWords } from '~/report/words.ts';
import { minuteOf, ms } from '~/time/zone.ts';
import { AlarmTag } from '~/ui/AlarmTag.tsx';
import { DatePick } from '~/ui/DatePick.tsx';
import { Nothing } from '~/ui/Nothing.tsx';
import { Page } from '~/ui/Page.tsx';
import styles from './today.module.css';
import { difference, totalsOf } from './totals.ts';
import { useTodayWords } from './words.ts';

interface TodayProps {
  lines: readonly DayLine[];
  date: string;
  today: string;
  onDate: (date: string) => void;
}

/** The classes of a date, one line each. */
export function Today({ lines, date, today, onDate }: TodayProps) {
  const say = useTodayWords();
  const columns = useColumns();
  return (
    <Page title={date === today ? say('title') : say('titleOn', { date })} tools={<DatePick date={date} today={today} onChange={onDate} />}>
      <Totals lines={lines} />
      <Card size="small" styles={{ body: { padding: 0 } }}>
        <Table<DayLine>
          size="small"
          rowKey={(line) => line.class.id}
          columns={columns}
          dataSource={[...lines]}
          pagination={false}
          showHeader={lines.length > 0}
          scroll={lines.length > 0 ? { x: 'max-content' } : undefined}
          locale={{ emptyText: <Nothing what={say('empty')} /> }}
        />
      </Card>
    </Page>
  );
}

function Totals({ lines }: { lines: readonly DayLine[] }) {
  const say = useTodayWords();
  const readsFindings = useMay('read_finding');
  const totals = totalsOf(lines);
  return (
    <div className={styles.totals}>
      <Statistic title={say('totalClasses')} value={totals.classes} />
      <Statistic title={say('totalReported')} value={totals.reported} />
      {readsFindings && <Statistic title={say('totalLikely')} value={totals.likely ?? '—'} />}
      {readsFindings && (
        <Statistic title={say('totalOpen')} value={totals.open ?? 0} styles={{ content: { color: (totals.open ?? 0) > 0 ? 'var(--red)' : undefined } }} />
      )}
      <Statistic title={say('totalSealed')} value={totals.sealed} />
    </div>
  );
}

function useColumns(): TableColumnsType<DayLine> {
  const { t } = useTranslation();
  const say = useTodayWords();
  const sayReport = useReportWords();
  const readsFindings = useMay('read_finding');
  const sends = useMay('send_report');
  const seen: TableColumnsType<DayLine> = [
    { title: say('likely'), align: 'right', render: (_, line) => line.people_likely ?? <span className={styles.faint}>{say('notJudged')}</span> },
    {
      title: say('difference'),
      align: 'right',
      render: (_, line) => {
        const by = difference(line);
        if (by === null) return <span className={styles.faint}>—</span>;
        return <span className={by < 0 ? styles.missing : undefined}>{by > 0 ? `+${by}` : String(by).replace('-', '−')}</span>;
      },
    },
    {
      title: say('open'),
      align: 'right',
      render: (_, line) =>
        (line.open_findings ?? 0) === 0 ? (
          <span className={styles.faint}>0</span>
        ) : (
          <Link to="/findings" search={{ class_id: line.class.id, state: 'open' }}>
            <AlarmTag>{line.open_findings}</AlarmTag>
          </Link>
        ),
    },
  ];
  return [
    {
      title: t('common.class'),
      render: (_, line) => (
        <>
          <Link to="/classes/$classId/days/$date" params={{ classId: line.class.id, date: line.date }} className={styles.name}>
            {line.class.name}
          </Link>
          <div className={styles.faint}>{line.institution.name}</div>
        </>
      ),
    },
    {
      title: t('common.time'),
      render: (_, line) => (line.starts_at == null || line.ends_at == null ? '—' : `${minuteOf(ms(line.starts_at))}–${minuteOf(ms(line.ends_at))}`),
    },
    { title: say('reportState'), render: (_, line) => <ReportState line={line} /> },
    { title: say('roll'), align: 'right', render: (_, line) => line.reported_roll ?? '—' },
    { title: say('reported'), align: 'right', render: (_, line) => line.reported_present ?? '—' },
    ...(readsFindings ? seen : []),
    { title: say('sealed'), align: 'right', dataIndex: 'sealed_clips' },
    ...(sends
      ? [
          {
            title: t('common.actions'),
            render: (_: unknown, line: DayLine) => (
              <Link to="/classes/$classId/days/$date" params={{ classId: line.class.id, date: line.date }} search={{ report: true }}>
                {line.reported_present == null ? say('sendReport') : sayReport('resend')}
              </Link>
            ),
          },
        ]
      : []),
  ];
}

function ReportState({ line }: { line: DayLine }) {
  const say = useTodayWords();
  if (line.reported_present == null) return <Tag color="warning" variant="filled">{say('missing')}</Tag>;
  return line.report_late === true ? (
    <Tag color="warning" variant="filled">{say('late')}</Tag>
  ) : (
    <Tag color="success" variant="filled">{say('onTime')}</Tag>
  );
}
