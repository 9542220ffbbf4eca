import type { OpeningDossier, OpeningStage } from '~/api/schema.d.ts';

/** The life of a class in the order of the notice. */
export const STEPS = ['draft', 'self_check', 'filing', 'application', 'approval', 'start', 'teaching', 'closeout', 'claim', 'payment'] as const;
export type LifeStep = (typeof STEPS)[number];

/** Over, in hand, or still to come. */
export type StepState = 'done' | 'now' | 'later';

/** What is known beside the opening. */
export interface Beyond {
  readonly today: string;
  readonly endsOn: string;
  readonly closeout: 'none' | 'applied' | 'accepted';
  readonly claimed: boolean;
  readonly paid: boolean;
}

/** The step that is in hand at a stage. */
const NEXT = {
  draft: 'self_check', self_checked: 'filing', filed: 'application', applied: 'approval', approved: 'start', running: 'teaching',
} as const satisfies Record<OpeningStage, LifeStep>;

/** How each step stands. Teaching and close-out may be in hand at the same time (R8.1). */
export function lifeOf({ stage, revision }: Pick<OpeningDossier, 'stage' | 'revision'>, beyond: Beyond): Record<LifeStep, StepState> {
  const { today, endsOn, closeout, claimed, paid } = beyond;
  const now = stage === 'draft' && revision === 0 ? 'draft' : NEXT[stage];
  const opening = (step: LifeStep): StepState => (STEPS.indexOf(step) < STEPS.indexOf(now) ? 'done' : step === now ? 'now' : 'later');
  const running = stage === 'running';
  const taught = running && today > endsOn;
  return {
    draft: opening('draft'),
    self_check: opening('self_check'),
    filing: opening('filing'),
    application: opening('application'),
    approval: opening('approval'),
    start: opening('start'),
    teaching: taught ? 'done' : opening('teaching'),
    closeout: closeout === 'accepted' ? 'done' : running && (taught || closeout === 'applied') ? 'now' : 'later',
    claim: claimed ? 'done' : closeout === 'accepted' ? 'now' : 'later',
    payment: paid ? 'done' : claimed ? 'now' : 'later',
  };
}
