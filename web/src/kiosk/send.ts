import { api } from '~/api/client.ts';
import { ask, Problem } from '~/api/problem.ts';
import type { Kiosk, KioskNumberAnswer, KioskPunch } from '~/api/schema.d.ts';
import type { Text } from '~/i18n/text.ts';
import type { Waiting } from './shelf.ts';

/** What a check-in came to. */
export type Answer =
  | { readonly kind: 'recognised'; readonly punch: KioskPunch }
  | { readonly kind: 'kept'; readonly punch: KioskNumberAnswer }
  | { readonly kind: 'unsure' }
  | { readonly kind: 'unknown' }
  /** The server will never take it, and says why. */
  | { readonly kind: 'refused'; readonly text: Text }
  /** The server cannot take it now; perhaps later. */
  | { readonly kind: 'unavailable'; readonly text: Text | null }
  /** The server was not reached. */
  | { readonly kind: 'offline' }
  /** The device was withdrawn, or its token is wrong. */
  | { readonly kind: 'signedOut' };

/** Whether the server has decided, so that the check-in need not wait any longer. */
export function isSettled(answer: Answer): boolean {
  return !['offline', 'unavailable', 'signedOut'].includes(answer.kind);
}

/** So long may an answer take while somebody stands there. */
const PATIENCE_MS = 10_000;

/** The device alone asks: whoever else is signed in at this browser does not matter. */
const asDevice = (token: string) => ({ headers: { Authorization: `Bearer ${token}` }, credentials: 'omit' as const, signal: AbortSignal.timeout(PATIENCE_MS) });

/** Sends a check-in. Never throws. */
export async function send(token: string, waiting: Waiting): Promise<Answer> {
  try {
    return waiting.how === 'face' ? await sendFace(token, waiting) : await sendNumber(token, waiting);
  } catch (error) {
    return answerOf(error);
  }
}

/** Whether the server is there and takes this device, and what it then tells it. */
export async function greet(token: string): Promise<{ readonly kind: 'ready'; readonly kiosk: Kiosk } | Answer> {
  try {
    return { kind: 'ready', kiosk: await ask(api.GET('/kiosk/day', asDevice(token))) };
  } catch (error) {
    return answerOf(error);
  }
}

async function sendFace(token: string, { id, at, picture }: Waiting & { how: 'face' }): Promise<Answer> {
  const device = asDevice(token);
  const { outcome, punch } = await ask(
    api.POST('/kiosk/faces', {
      ...device,
      headers: { ...device.headers, 'Content-Type': 'image/jpeg' },
      params: { query: { id, at } },
      body: picture as never,
      bodySerializer: (body) => body as unknown as Blob,
    }),
  );
  if (outcome === 'recognised' && punch != null) return { kind: 'recognised', punch };
  return { kind: outcome === 'unsure' ? 'unsure' : 'unknown' };
}

async function sendNumber(token: string, { id, at, number }: Waiting & { how: 'number' }): Promise<Answer> {
  return { kind: 'kept', punch: await ask(api.POST('/kiosk/numbers', { ...asDevice(token), body: { id, at, number } })) };
}

/** Shows the server who typed a number, which it asked for. Whether it comes or not, the check-in stands. Never throws. */
export async function sendSeen(token: string, punch: string, picture: Blob): Promise<void> {
  const device = asDevice(token);
  await ask(
    api.PUT('/punches/{id}/picture', {
      ...device,
      headers: { ...device.headers, 'Content-Type': 'image/jpeg' },
      params: { path: { id: punch } },
      body: picture as never,
      bodySerializer: (body) => body as unknown as Blob,
    }),
  ).catch(() => undefined);
}

/** What a failed request says of the check-in. */
export function answerOf(error: unknown): Answer {
  if (!(error instanceof Problem) || error.status === 0) return { kind: 'offline' };
  if (error.status === 401) return { kind: 'signedOut' };
  const text = error.errors[0] ?? error.text;
  const never = error.status >= 400 && error.status < 500 && ![408, 429].includes(error.status);
  return never && text !== null ? { kind: 'refused', text: { zh: text.zh, en: text.en } } : { kind: 'unavailable', text };
}
