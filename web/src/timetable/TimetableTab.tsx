import { useQuery } from '@tanstack/react-query';
import { Button, Flex } from 'antd';
import { useState } from 'react';
import type { Class, Timetable } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import { FormLinks } from '~/files/FormLinks.tsx';
import { Loaded } from '~/ui/Loaded.tsx';
import { Nothing } from '~/ui/Nothing.tsx';
import { Changes } from './Changes.tsx';
import { DecideTimetable } from './DecideTimetable.tsx';
import { HandInWizard } from './HandInWizard.tsx';
import { ImportTimetable } from './ImportTimetable.tsx';
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
  const [open, setOpen] = useState<'hand-in' | 'import' | 'decide' | null>(null);
  const close = () => setOpen(null);
  const handsIn = plans && timetable?.stage !== 'approved';
  const start = today < one.starts_on ? one.starts_on : today > one.ends_on ? one.ends_on : today;
  return (
    <>
      {timetable === null ? (
        <Nothing what={say('none')} hint={say('noneHint')}>
          {handsIn && (
            <Flex gap={8} justify="center" wrap>
              <Button type="primary" onClick={() => setOpen('hand-in')} data-testid="hand-in-timetable">
                {say('handIn')}
              </Button>
              <Button onClick={() => setOpen('import')} data-testid="import-timetable">
                {say('import')}
              </Button>
            </Flex>
          )}
        </Nothing>
      ) : (
        <>
          <Standing timetable={timetable}>
            {handsIn && (
              <>
                <Button onClick={() => setOpen('hand-in')} data-testid="hand-in-timetable">
                  {say('handInAgain')}
                </Button>
                <Button onClick={() => setOpen('import')} data-testid="import-timetable">
                  {say('import')}
                </Button>
              </>
            )}
            {decides && timetable.stage === 'submitted' && (
              <Button type="primary" onClick={() => setOpen('decide')} data-testid="decide-timetable">
                {say('decide')}
              </Button>
            )}
          </Standing>
          <div style={{ textAlign: 'end', marginBottom: 8 }}>
            <FormLinks of={`/classes/${one.id}/timetable`} label={say('form')} />
          </div>
          <div className={styles.section}>
            <LessonCalendar lessons={timetable.lessons} start={start} today={today} />
          </div>
          {timetable.stage === 'approved' && <Changes one={one} timetable={timetable} today={today} />}
        </>
      )}
      {open === 'hand-in' && <HandInWizard one={one} onClose={close} />}
      {open === 'import' && <ImportTimetable one={one} onClose={close} />}
      {open === 'decide' && timetable !== null && <DecideTimetable timetable={timetable} onClose={close} />}
    </>
  );
}
