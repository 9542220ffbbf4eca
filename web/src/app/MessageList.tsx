import { message } from 'antd';
import { useEffect, useRef } from 'react';
import type { Message } from './messages.tsx';

/** Seconds that a message stays: what went wrong takes longer to read. */
const STAYS = { success: 3, error: 6 } as const;

/** Shows each message once, in the order in which they were sent. */
export default function MessageList({ sent }: { sent: readonly Message[] }) {
  const [shown, holder] = message.useMessage({ maxCount: 3 });
  const next = useRef(0);
  useEffect(() => {
    for (const { kind, text } of sent.slice(next.current)) void shown.open({ type: kind, content: text, duration: STAYS[kind] });
    next.current = sent.length;
  }, [sent, shown]);
  return holder;
}
