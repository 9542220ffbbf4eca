import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { useQueries, useQuery } from '@tanstack/react-query';
import { Button, Switch } from 'antd';
import { useState } from 'react';
import { classDayQuery } from '~/api/queries.ts';
import type { AttendanceMonth, Class } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import { FileLink } from '~/files/FileLink.tsx';
import { RuleFindings } from '~/rules/RuleFindings.tsx';
import { ms, stampOf } from '~/time/zone.ts';
import { shiftMonth } from '~/timetable/lessons.ts';
import { FormLinks } from '~/files/FormLinks.tsx';
import { Loaded } from '~/ui/Loaded.tsx';
import { Nothing } from '~/ui/Nothing.tsx';
import styles from './attendance.module.css';
import { Matrix } from './Matrix.tsx';
import { matrixOf } from './matrix.ts';
import { attendanceQuery, monthReportsQuery } from './queries.ts';
import { SummaryDialog } from './SummaryDialog.tsx';
import { useAttendanceWords } from './words.ts';

interface MonthPartProps {
  one: Class;
  month: string;
  onMonth: (month: string) => void;
}

/** A month of attendance: the matrix, what does not agree, the printed form and the summary. */
export function MonthPart({ one, month, onMonth }: MonthPartProps) {
  const say = useAttendanceWords();
  const query = useQuery(attendanceQuery(one.id, month));
  return (
    <>
      <div className={styles.bar}>
        <Button size="small" icon={<LeftOutlined />} aria-label={say('previous')} disabled={month <= one.starts_on.slice(0, 7)} onClick={() => onMonth(shiftMonth(month, -1))} />
        <h3 aria-live="polite">{month}</h3>
        <Button size="small" icon={<RightOutlined />} aria-label={say('next')} disabled={month >= one.ends_on.slice(0, 7)} onClick={() => onMonth(shiftMonth(month, 1))} />
        <div className={styles.push}>
          <FormLinks of={`/classes/${one.id}/months/${month}`} label={say('form')} />
        </div>
      </div>
      <Loaded query={query}>{(attendance) => <Content key={month} one={one} attendance={attendance} />}</Loaded>
    </>
  );
}

function Content({ one, attendance }: { one: Class; attendance: AttendanceMonth }) {
  const say = useAttendanceWords();
  const watches = useMay('read_finding');
  const keeps = useMay('keep_attendance');
  const [differing, setDiffering] = useState(false);
  const [handing, setHanding] = useState(false);
  const reports = useQuery(monthReportsQuery(one.id, attendance.month)).data ?? [];
  const over = attendance.days.filter((day) => day.over);
  const days = useQueries({
    queries: over.map(({ date }) => ({ ...classDayQuery(one.id, date), refetchInterval: false as const, staleTime: 60_000, enabled: watches })),
    combine: (results) => results.flatMap(({ data }) => data ?? []),
  });
  const rows = matrixOf(attendance, reports, days);
  const found = rows.reduce((sum, row) => sum + row.differing, 0);
  const names = new Map(attendance.lines.map(({ student }) => [student.student_id, student.name]));
  if (attendance.days.length === 0) return <Nothing what={say('noDays')} hint={say('noDaysHint')} />;
  if (attendance.lines.length === 0) return <Nothing what={say('noStudents')} />;
  const summary = attendance.handed_in;
  return (
    <>
      <div className={styles.bar}>
        <label className={styles.quiet}>
          <Switch size="small" checked={differing} onChange={setDiffering} aria-label={say('onlyDiffering')} /> {say('onlyDiffering')}
        </label>
        <span className={found > 0 ? styles.low : styles.quiet} data-testid="differing">
          {say('differ', { count: found })}
        </span>
        <span className={styles.quiet}>{say('asOf', { at: stampOf(ms(attendance.at)) })}</span>
      </div>
      <Matrix month={attendance} rows={differing ? rows.filter((row) => row.differing > 0) : rows} watches={watches} />
      <section className={styles.section}>
        <h3>{say('findings')}</h3>
        {attendance.findings.length === 0 ? <span className={styles.quiet}>{say('findingsNone')}</span> : <RuleFindings findings={attendance.findings} names={names} most={6} />}
      </section>
      <section className={styles.section}>
        <h3>{say('form')}</h3>
        <div className={styles.bar}>
          {summary == null ? (
            <span className={styles.quiet}>{say('summaryNone')}</span>
          ) : (
            <span>
              {say('summaryAt', { revision: summary.revision, by: summary.sent_by.display_name, at: stampOf(ms(summary.sent_at)) })} {summary.file_id != null && <FileLink id={summary.file_id} />}
            </span>
          )}
          {keeps && over.length > 0 && (
            <Button size="small" onClick={() => setHanding(true)} data-testid="hand-in-summary">
              {say('summary')}
            </Button>
          )}
        </div>
      </section>
      {handing && <SummaryDialog attendance={attendance} onClose={() => setHanding(false)} />}
    </>
  );
}
