import { Button, Tag } from 'antd';
import { useState } from 'react';
import type { Measure, Suspension } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import { useText } from '~/i18n/index.ts';
import { Nothing } from '~/ui/Nothing.tsx';
import { nextStep, type NextStep } from './ladder.ts';
import { MeasureDialog } from './MeasureDialog.tsx';
import styles from './violations.module.css';
import { useViolationWords } from './words.ts';

/** The measures that violations bring on, in order, and the next step of each. */
export function Ladder({ measures, suspensions }: { measures: readonly Measure[]; suspensions: readonly Suspension[] }) {
  const say = useViolationWords();
  const confirms = useMay('confirm_violation');
  const lifts = useMay('lift_suspension');
  const [taking, setTaking] = useState<{ measure: Measure; step: Exclude<NextStep, null> } | null>(null);
  if (measures.length === 0) return <Nothing what={say('ladderEmpty')} />;
  return (
    <>
      <ol className={styles.ladder} data-testid="ladder">
        {measures.map((measure) => {
          const step = nextStep(measure, suspensions);
          const may = step === 'lift' ? lifts : confirms;
          return (
            <li key={`${measure.violation_id} ${measure.kind}`} data-done={step === null} data-kind={measure.kind}>
              <span className={styles.quiet}>{say('number', { number: measure.number })}</span>
              <b>{say(`kind.${measure.kind}`)}</b>
              <span className={styles.quiet}>
                {measure.carried_out == null ? say('since', { date: measure.since }) : say('carriedOut', { date: measure.carried_out })}
              </span>
              {step !== null && may && (
                <Button size="small" onClick={() => setTaking({ measure, step })} data-testid={`step-${step}`}>
                  {say(`step.${step}`)}
                </Button>
              )}
              {measure.kind === 'suspension' && <History suspension={suspensions.find((one) => one.violation_id === measure.violation_id)} />}
            </li>
          );
        })}
      </ol>
      {taking !== null && <MeasureDialog {...taking} onClose={() => setTaking(null)} />}
    </>
  );
}

/** What happened to a suspension so far. */
function History({ suspension }: { suspension: Suspension | undefined }) {
  const say = useViolationWords();
  const text = useText();
  if (suspension === undefined) return null;
  return (
    <>
      {suspension.from != null && (
        <Tag color={suspension.lifted_on == null ? 'error' : 'default'} variant="filled">
          {say('suspendedFrom', { date: suspension.from })}
        </Tag>
      )}
      {suspension.lifted_on != null && (
        <Tag color="success" variant="filled">
          {say('liftedOn', { date: suspension.lifted_on })}
        </Tag>
      )}
      <ul className={styles.history}>
        {suspension.history.map((line, n) => (
          <li key={`${n} ${line.zh}`}>{text(line)}</li>
        ))}
      </ul>
    </>
  );
}
