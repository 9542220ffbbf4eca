import { Button, Tag } from 'antd';
import { useState } from 'react';
import type { ChangeStage, Class, Lesson, Timetable, TimetableChange } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import { RuleFindings } from '~/rules/RuleFindings.tsx';
import { ms, stampOf } from '~/time/zone.ts';
import { ChangeDialog } from './ChangeDialog.tsx';
import { DecideChange } from './DecideTimetable.tsx';
import { blocks, byDate } from './lessons.ts';
import styles from './timetable.module.css';
import { useTimetableWords } from './words.ts';

const COLOURS = { requested: 'processing', approved: 'success', refused: 'error' } as const satisfies Record<ChangeStage, string>;

/** Requests to change the timetable, and the centre's word on each (R7.2a). */
export function Changes({ one, timetable, today }: { one: Class; timetable: Timetable; today: string }) {
  const say = useTimetableWords();
  const plans = useMay('plan_teaching');
  const [asking, setAsking] = useState(false);
  return (
    <section className={styles.section} aria-label={say('changes')}>
      <div className={styles.bar}>
        <h3>{say('changes')}</h3>
        {plans && (
          <Button size="small" onClick={() => setAsking(true)} data-testid="request-change">
            {say('change')}
          </Button>
        )}
        <span className={styles.quiet}>{say('changeHint')}</span>
      </div>
      {timetable.changes.length === 0 && <span className={styles.quiet}>{say('changeNone')}</span>}
      {timetable.changes.toReversed().map((change) => (
        <Change key={change.id} change={change} lessons={timetable.lessons} />
      ))}
      {asking && <ChangeDialog one={one} timetable={timetable} today={today} onClose={() => setAsking(false)} />}
    </section>
  );
}

function Change({ change, lessons }: { change: TimetableChange; lessons: readonly Lesson[] }) {
  const say = useTimetableWords();
  const decides = useMay('decide_teaching');
  const [deciding, setDeciding] = useState(false);
  const known = lessons.filter((lesson) => change.withdrawn.includes(lesson.id));
  const waits = change.stage === 'requested';
  return (
    <article className={styles.change} data-testid="change" data-stage={change.stage}>
      <div className={styles.bar} style={{ marginBottom: 0 }}>
        <Tag color={COLOURS[change.stage]} variant="filled">
          {say(`changeStage.${change.stage}`)}
        </Tag>
        <span className={styles.quiet}>{say('requestedBy', { by: change.requested_by.display_name, at: stampOf(ms(change.requested_at)) })}</span>
        {decides && waits && (
          <div className={styles.push}>
            <Button size="small" type="primary" onClick={() => setDeciding(true)} data-testid="decide-change">
              {say('decide')}
            </Button>
          </div>
        )}
      </div>
      <div>{change.reason}</div>
      {waits && known.length > 0 && <div className={styles.quiet}>{say('withdrawn', { what: told(known) })}</div>}
      {change.added.length > 0 && <div className={styles.quiet}>{say('added', { what: told(change.added) })}</div>}
      {change.refusal != null && <div>{say('said', { reason: change.refusal })}</div>}
      {waits && change.findings.length > 0 && (
        <>
          <b>{say('consequences')}</b>
          <RuleFindings findings={change.findings} most={4} />
        </>
      )}
      {deciding && <DecideChange change={change} onClose={() => setDeciding(false)} />}
    </article>
  );
}

function told(lessons: readonly Lesson[]): string {
  return [...byDate(lessons)]
    .map(([date, of]) => `${date} ${blocks(of).map(({ from, until, subject, teacher }) => `${from}–${until} ${subject}（${teacher}）`).join('、')}`)
    .join('；');
}
