import { Link } from '@tanstack/react-router';
import { Tooltip } from 'antd';
import type { EvidenceDay, EvidenceDayState } from '~/api/schema.d.ts';
import { byMonth } from './months.ts';
import styles from './evidence.module.css';
import { useEvidenceWords } from './words.ts';

/** A mark of each state beside its colour, for whoever cannot tell the colours apart. */
const MARKS = { counted: '✓', planned: '●', open: '', lost: '×' } as const satisfies Record<EvidenceDayState, string>;
const STATES = ['counted', 'planned', 'open', 'lost'] as const satisfies readonly EvidenceDayState[];

/** Every training day of the class by month and weekday, each leading to its day. */
export function EvidenceCalendar({ days, classId }: { days: readonly EvidenceDay[]; classId: string }) {
  const say = useEvidenceWords();
  return (
    <div>
      <div className={styles.months}>
        {byMonth(days).map(({ month, lead, days: inMonth }) => (
          <section key={month} aria-label={month}>
            <h3 className={styles.heading}>{month}</h3>
            <ol className={styles.grid}>
              {inMonth.map(({ number, day }, index) => (
                <li key={number} style={index === 0 ? { gridColumnStart: lead + 1 } : undefined}>
                  {day === undefined ? <span className={styles.none}>{number}</span> : <Day day={day} number={number} classId={classId} />}
                </li>
              ))}
            </ol>
          </section>
        ))}
      </div>
      <ul className={styles.legend} aria-label={say('legend')}>
        {STATES.map((state) => (
          <li key={state}>
            <span className={styles.day} data-state={state} aria-hidden>
              {MARKS[state]}
            </span>
            {say(`day.${state}`)}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Day({ day, number, classId }: { day: EvidenceDay; number: number; classId: string }) {
  const say = useEvidenceWords();
  const says = `${day.date} ${say(`day.${day.state}`)}`;
  return (
    <Tooltip title={says}>
      <Link to="/classes/$classId/days/$date" params={{ classId, date: day.date }} className={styles.day} data-state={day.state} data-testid="evidence-day" aria-label={says}>
        {MARKS[day.state] === '' ? number : MARKS[day.state]}
      </Link>
    </Tooltip>
  );
}
