import type { Text } from '~/i18n/text.ts';
import type { Answer } from './send.ts';
import type { Waiting } from './shelf.ts';

/** What the kiosk tells somebody who stands there: what was made of the check-in, and of which one. */
export interface Said {
  readonly kind: Answer['kind'] | 'full' | 'failed';
  readonly tone: 'good' | 'saved' | 'bad';
  readonly waiting: Waiting;
  readonly answer: Answer | null;
  /** The server's own sentence, where it has one. */
  readonly text: Text | null;
  /** Whether the number may help where the face did not. */
  readonly offersNumber: boolean;
  /** So long it stands there by itself. */
  readonly staysMs: number;
}

const TONES: Record<Said['kind'], Said['tone']> = {
  recognised: 'good', kept: 'good', offline: 'saved', unavailable: 'saved', signedOut: 'saved', unsure: 'bad', unknown: 'bad', refused: 'bad', full: 'bad', failed: 'bad',
};

/** What to say of an answer; null: there was no room for the check-in. */
export function said(answer: Answer | null | 'failed', waiting: Waiting): Said {
  const kind = answer === null ? 'full' : answer === 'failed' ? 'failed' : answer.kind;
  // A picture that nobody can look at is not kept, so that the number must be given.
  const tone = kind === 'unavailable' && waiting.how === 'face' ? 'bad' : TONES[kind];
  return {
    kind,
    tone,
    waiting,
    answer: typeof answer === 'string' ? null : answer,
    text: answer !== null && answer !== 'failed' && 'text' in answer ? answer.text : null,
    offersNumber: waiting.how === 'face' && ['unsure', 'unknown', 'refused', 'unavailable'].includes(kind),
    staysMs: tone === 'good' ? 4_000 : tone === 'saved' ? 6_000 : 15_000,
  };
}
