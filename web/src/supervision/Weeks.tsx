import type { SupervisedWeek } from '~/api/schema.d.ts';
import { Nothing } from '~/ui/Nothing.tsx';
import { StandingTag } from './StandingTag.tsx';
import styles from './supervision.module.css';
import { mondayOf } from './week.ts';
import { useSupervisionWords } from './words.ts';

/** Every week of a class: how many records are signed of those needed. */
export function Weeks({ weeks, today }: { weeks: readonly SupervisedWeek[]; today: string }) {
  const say = useSupervisionWords();
  const now = mondayOf(today);
  if (weeks.length === 0) return <Nothing what={say('noWeeks')} />;
  return (
    <ul className={styles.weeks} data-testid="weeks">
      {weeks.map((week) => (
        <li
          key={week.monday}
          className={styles.week}
          data-standing={week.standing}
          data-now={week.monday === now}
          aria-current={week.monday === now ? 'date' : undefined}
          title={say('weekHint', { days: week.training_days, needed: week.needed, signed: week.signed })}
        >
          <span>{week.monday === now ? say('weekThis') : say('week', { monday: week.monday.slice(5) })}</span>
          <div>
            <b>{say('weekCount', { signed: week.signed, needed: week.needed })}</b>
            <StandingTag standing={week.standing} />
          </div>
          <small>{say('weekBy', { by: week.by })}</small>
        </li>
      ))}
    </ul>
  );
}
