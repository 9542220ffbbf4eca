import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import type { Class, Timetable } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import { Loaded } from '~/ui/Loaded.tsx';
import { Nothing } from '~/ui/Nothing.tsx';
import { Changes } from './Changes.tsx';
import { DecideTimetable } from './DecideTimetable.tsx';
import { HandInWizard } from './HandInWizard.tsx';
import { LessonCalendar } from './LessonCalendar.tsx';
import { timetableQuery } from './queries.ts';
import { Standing } from './Standing.tsx';
import styles from './timetable.module.css';
import { useTimetableWords } from './words.ts';

/** R7.2: the timetable of a class, from handing it in to its last change. */
export function TimetableTab({ one, today }: { one: Class; today: string }) {
  const query = useQuery(timetableQuery(one.id));
  return <Loaded query={query}>{(timetable) => <Content one={one} today={today} timetable={timetable} />}</Loaded>;
}

function Content({ one, today, timetable }: { one: Class; today: string; timetable: Timetable | null }) {
  const say = useTimetableWords();
  const plans = useMay('plan_teaching');
  const decides = useMay('decide_teaching');
  const [open, setOpen] = useState<'hand-in' | 'decide' | null>(null);
  const close = () => setOpen(null);
  const handsIn = plans && timetable?.stage !== 'approved';
  const start = today < one.starts_on ? one.starts_on : today > one.ends_on ? one.ends_on : today;
  return (
    <>
      {timetable === null ? (
        <Nothing what={say('none')} hint={say('noneHint')}>
          {handsIn && (
            <Button type="primary" onClick={() => setOpen('hand-in')} data-testid="hand-in-timetable">
              {say('handIn')}
            </Button>
          )}
        </Nothing>
      ) : (
        <>
          <Standing timetable={timetable}>
            {handsIn && (
              <Button onClick={() => setOpen('hand-in')} data-testid="hand-in-timetable">
                {say('handInAgain')}
              </Button>
            )}
            {decides && timetable.stage === 'submitted' && (
              <Button type="primary" onClick={() => setOpen('decide')} data-testid="decide-timetable">
                {say('decide')}
              </Button>
            )}
          </Standing>
          <div className={styles.section}>
            <LessonCalendar lessons={timetable.lessons} start={start} today={today} />
          </div>
          {timetable.stage === 'approved' && <Changes one={one} timetable={timetable} today={today} />}
        </>
      )}
      {open === 'hand-in' && <HandInWizard one={one} onClose={close} />}
      {open === 'decide' && timetable !== null && <DecideTimetable timetable={timetable} onClose={close} />}
    </>
  );
}
