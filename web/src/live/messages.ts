import * as v from 'valibot';

const Text = v.object({ zh: v.string(), en: v.string() });

/** The text frames of a live socket. Each init and fragment announces the binary frame that follows it. */
const Message = v.variant('type', [
  v.object({ type: v.literal('init'), mime: v.string(), state: v.string() }),
  v.object({ type: v.literal('fragment'), seq: v.number(), key: v.boolean(), arrival: v.string() }),
  v.object({ type: v.literal('state'), state: v.string(), cause: v.nullish(v.string(), null) }),
  v.object({ type: v.literal('lagged'), lost: v.number() }),
  v.object({ type: v.literal('refused'), reason: Text }),
]);

export type LiveMessage = v.InferOutput<typeof Message>;

/** Null for anything this page does not know: a newer server may say more, and a live picture must not stop over it. */
export function parseMessage(text: string): LiveMessage | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = v.safeParse(Message, value);
  return parsed.success ? parsed.output : null;
}
