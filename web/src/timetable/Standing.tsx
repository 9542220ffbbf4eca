import { Alert, Tag } from 'antd';
import type { ReactNode } from 'react';
import type { Timetable, TimetableStage } from '~/api/schema.d.ts';
import { FileLink } from '~/files/FileLink.tsx';
import { useText } from '~/i18n/index.ts';
import { RuleFindings, type Names } from '~/rules/RuleFindings.tsx';
import { minuteOf, ms, stampOf } from '~/time/zone.ts';
import styles from './timetable.module.css';
import { useTimetableWords } from './words.ts';

const COLOURS = { submitted: 'processing', approved: 'success', refused: 'error', withdrawn: 'default' } as const satisfies Record<TimetableStage, string>;

/** Where a timetable stands, what it has, and what is wrong with it. */
export function Standing({ timetable, children }: { timetable: Timetable; children: ReactNode }) {
  const say = useTimetableWords();
  const text = useText();
  const { stage, handed_in_by, handed_in_at, decided_by, decided_at, reason, months, lessons, subjects, training_days, findings, deviations, notes } = timetable;
  const names: Names = new Map(lessons.map((lesson) => [lesson.id, `${lesson.date} ${minuteOf(ms(lesson.starts_at))} ${lesson.subject}`]));
  return (
    <>
      <div className={styles.bar} data-testid="timetable" data-stage={stage}>
        <Tag color={COLOURS[stage]} variant="filled">
          {say(`stage.${stage}`)}
        </Tag>
        <span className={styles.quiet}>{say('handedInBy', { by: handed_in_by.display_name, at: stampOf(ms(handed_in_at)) })}</span>
        {decided_by != null && decided_at != null && <span className={styles.quiet}>{say('decidedBy', { by: decided_by.display_name, at: stampOf(ms(decided_at)) })}</span>}
        <div className={styles.push}>{children}</div>
      </div>
      {reason != null && reason !== '' && <Alert type={stage === 'refused' ? 'warning' : 'info'} showIcon title={say('said', { reason })} style={{ marginBottom: 8 }} />}
      <div className={styles.facts}>
        <span>
          {say('months')} {say('monthsOf', { count: months })}
        </span>
        <span>{say('lessonsOf', { count: lessons.length })}</span>
        <span>
          {say('syllabus')} <FileLink id={timetable.syllabus_file_id} />
        </span>
        <span>
          {say('plan')} <FileLink id={timetable.plan_file_id} />
        </span>
      </div>
      <div className={styles.facts} style={{ marginTop: 6 }}>
        {training_days.map(({ month, given, due, provisional }) => (
          <Tag key={month} color={given === due ? 'success' : 'warning'} variant="filled" title={provisional ? say('provisional') : undefined}>
            {say('trainingDay', { month, given, due })}
            {provisional && ' *'}
          </Tag>
        ))}
        {subjects.map(({ subject, lessons: planned }) => (
          <span key={subject}>
            {subject} {say('given', { given: lessons.filter((lesson) => lesson.subject === subject).length, planned })}
          </span>
        ))}
      </div>
      {notes.length > 0 && <div className={styles.quiet}>{notes.map((note) => text(note.text)).join(' ')}</div>}
      <div className={styles.section}>
        <h3>{say('checks')}</h3>
        {findings.length === 0 ? <span className={styles.quiet}>{say('fine')}</span> : <RuleFindings findings={findings} names={names} most={6} data-testid="timetable-findings" />}
      </div>
      {deviations.length > 0 && (
        <div className={styles.section}>
          <h3>{say('deviations')}</h3>
          <RuleFindings findings={deviations} names={names} most={6} />
        </div>
      )}
    </>
  );
}
