import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { venuesQuery } from '~/api/queries.ts';
import { useNarrow } from '~/app/useNarrow.ts';
import { shiftDate } from '~/time/zone.ts';
import { Nothing } from '~/ui/Nothing.tsx';
import { blocks, byDate, mondayOf, shiftMonth, weeksOf, type AnyLesson } from './lessons.ts';
import styles from './timetable.module.css';
import { useTimetableWords } from './words.ts';

interface LessonCalendarProps {
  lessons: readonly AnyLesson[];
  /** The date that is in view at first. */
  start: string;
  today: string;
}

const WEEKDAYS = ['d1', 'd2', 'd3', 'd4', 'd5', 'd6', 'd7'] as const;

/** Lessons by month or week; on a telephone day below day. */
export function LessonCalendar({ lessons, start, today }: LessonCalendarProps) {
  const say = useTimetableWords();
  const narrow = useNarrow();
  const [by, setBy] = useState<'month' | 'week'>('month');
  const [date, setDate] = useState(start);
  const dates = byDate(lessons);
  const month = date.slice(0, 7);
  const monday = mondayOf(date);
  const weeks = by === 'month' ? weeksOf(month) : [Array.from({ length: 7 }, (_, day) => shiftDate(monday, day))];
  const go = (step: 1 | -1) => setDate(by === 'month' ? `${shiftMonth(month, step)}-01` : shiftDate(monday, 7 * step));
  return (
    <section aria-label={say('calendar')} data-testid="lesson-calendar">
      <div className={styles.bar}>
        <Button size="small" icon={<LeftOutlined />} aria-label={say('previous')} onClick={() => go(-1)} />
        <h3 aria-live="polite">{by === 'month' ? month : `${monday} – ${shiftDate(monday, 6)}`}</h3>
        <Button size="small" icon={<RightOutlined />} aria-label={say('next')} onClick={() => go(1)} />
        <div className={styles.push}>
          <Segmented
            size="small"
            value={by}
            onChange={setBy}
            options={[{ value: 'month', label: say('month') }, { value: 'week', label: say('week') }]}
          />
        </div>
      </div>
      {narrow ? (
        <DayList dates={weeks.flat().filter((day) => by === 'week' || day.startsWith(month))} lessons={dates} />
      ) : (
        <table className={`${styles.grid} ${by === 'week' ? styles.week : ''}`}>
          <thead>
            <tr>
              {WEEKDAYS.map((day) => (
                <th key={day} scope="col">
                  {say(`weekday.${day}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {weeks.map((week) => (
              <tr key={week[0]}>
                {week.map((day) => (
                  <td key={day} data-out={by === 'month' && !day.startsWith(month)} data-today={day === today}>
                    <Day date={day} lessons={dates.get(day) ?? []} whole={by === 'week'} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Day({ date, lessons, whole }: { date: string; lessons: readonly AnyLesson[]; whole: boolean }) {
  return (
    <>
      <div className={styles.number}>
        <span>{whole ? date.slice(5) : Number(date.slice(8))}</span>
        {lessons.length > 0 && <span>{lessons.length}</span>}
      </div>
      <Blocks lessons={lessons} whole={whole} />
    </>
  );
}

function Blocks({ lessons, whole }: { lessons: readonly AnyLesson[]; whole: boolean }) {
  const venues = useQuery(venuesQuery).data;
  return (
    <>
      {blocks(lessons).map((block) => {
        const venue = venues?.find((one) => one.id === block.venue_id)?.name;
        return (
          <span key={block.from} className={styles.block} title={`${block.from}–${block.until} ${block.subject} ${block.teacher} ${venue ?? ''}`}>
            {whole ? `${block.from}–${block.until}` : block.from} <b>{block.subject}</b>
            {block.count > 1 && ` ×${block.count}`}
            {whole && ` ${block.teacher} ${venue ?? ''}`}
          </span>
        );
      })}
    </>
  );
}

function DayList({ dates, lessons }: { dates: readonly string[]; lessons: ReadonlyMap<string, AnyLesson[]> }) {
  const say = useTimetableWords();
  const taught = dates.filter((date) => lessons.has(date));
  if (taught.length === 0) return <Nothing what={say('noLessons')} />;
  return (
    <ol className={styles.days}>
      {taught.map((date) => (
        <li key={date}>
          <h4>{say('dayLessons', { date, count: lessons.get(date)?.length ?? 0 })}</h4>
          <Blocks lessons={lessons.get(date) ?? []} whole />
        </li>
      ))}
    </ol>
  );
}
