import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { camerasQuery, studentsQuery } from '~/api/queries.ts';
import type { Action, Class, OpeningDossier } from '~/api/schema.d.ts';
import { useMay, useMe } from '~/app/access.ts';
import { RuleFindings } from '~/rules/RuleFindings.tsx';
import { ms, stampOf } from '~/time/zone.ts';
import { ApplyWizard } from './ApplyWizard.tsx';
import { DecideDialog } from './DecideDialog.tsx';
import { DraftDialog } from './DraftDialog.tsx';
import { FilingDialog } from './FilingDialog.tsx';
import type { LifeStep } from './life.ts';
import styles from './opening.module.css';
import { SelfCheckDialog } from './SelfCheckDialog.tsx';
import { StartDialog } from './StartDialog.tsx';
import { useOpeningWords } from './words.ts';

/** Who takes a step of the opening. */
const TAKES = {
  draft: 'prepare_opening', self_check: 'prepare_opening', filing: 'review_filing', application: 'prepare_opening', approval: 'review_filing', start: 'prepare_opening',
} as const satisfies Partial<Record<LifeStep, Action>>;
type OpeningStep = keyof typeof TAKES;

interface NowBoxProps {
  step: LifeStep;
  one: Class;
  dossier: OpeningDossier;
  today: string;
}

/** The step in hand: what it misses, and the button for whoever takes it. */
export function NowBox(props: NowBoxProps) {
  const { step } = props;
  return isOpening(step) ? <Box {...props} step={step} /> : null;
}

function isOpening(step: LifeStep): step is OpeningStep {
  return step in TAKES;
}

function Box({ step, one, dossier, today }: NowBoxProps & { step: OpeningStep }) {
  const say = useOpeningWords();
  const names = useNames(one.id, dossier);
  const [open, setOpen] = useState<OpeningStep | null>(null);
  const may = useMe().actions.includes(TAKES[step]);
  const replans = useMay('prepare_opening') && ['self_check', 'filing', 'application'].includes(step);
  const close = () => setOpen(null);
  const { changed_at: at, changed_by: by, missing } = dossier;
  return (
    <div className={styles.now} data-testid="now">
      <div className={styles.buttons}>
        {may ? (
          <Button type="primary" onClick={() => setOpen(step)} data-testid={`act-${step}`}>
            {say(`act.${step}`)}
          </Button>
        ) : (
          <span className={styles.about}>{say(TAKES[step] === 'review_filing' ? 'waits.centre' : 'waits.institution')}</span>
        )}
        {replans && (
          <Button onClick={() => setOpen('draft')} data-testid="act-draft">
            {say('act.redraft')}
          </Button>
        )}
        <span className={styles.about}>
          {at == null || by == null ? say('revisionZero') : say('changed', { revision: dossier.revision, by: by.display_name, at: stampOf(ms(at)) })}
        </span>
      </div>
      {missing.length > 0 && (
        <section>
          <h4>{say('missing')}</h4>
          <RuleFindings findings={missing} names={names} data-testid="missing" />
        </section>
      )}
      {missing.length === 0 && may && <span>{say('ready')}</span>}
      {open === 'draft' && <DraftDialog one={one} dossier={dossier} onClose={close} />}
      {open === 'self_check' && <SelfCheckDialog dossier={dossier} today={today} onClose={close} />}
      {open === 'filing' && <FilingDialog dossier={dossier} onClose={close} />}
      {open === 'application' && <ApplyWizard one={one} dossier={dossier} onClose={close} />}
      {open === 'approval' && <DecideDialog dossier={dossier} onClose={close} />}
      {open === 'start' && <StartDialog dossier={dossier} today={today} onClose={close} />}
    </div>
  );
}

function useNames(classId: string, { venues }: OpeningDossier): ReadonlyMap<string, string> {
  const students = useQuery(studentsQuery(classId)).data ?? [];
  const cameras = useQuery(camerasQuery).data ?? [];
  return new Map([...students, ...cameras, ...venues].map(({ id, name }) => [id, name]));
}
