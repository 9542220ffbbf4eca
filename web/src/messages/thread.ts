import type { Message, Speaker } from '~/api/schema.d.ts';

/** The messages as they are read: the oldest first. */
export function thread(messages: readonly Message[]): Message[] {
  return messages.toSorted((a, b) => a.sent_at.localeCompare(b.sent_at));
}

/** The newest message of the other side that nobody of one's own has read; null when there is none. */
export function unreadOf(messages: readonly Message[], own: Speaker): string | null {
  return thread(messages).findLast((message) => message.side !== own && !message.read)?.id ?? null;
}
