import { createContext, lazy, Suspense, useContext, useMemo, useState, type ReactNode } from 'react';

/** A short message, as it was sent. */
export interface Message {
  readonly id: number;
  readonly kind: 'success' | 'error';
  readonly text: string;
}

/** Sends a short message of either kind. */
export type Messages = Readonly<Record<Message['kind'], (text: string) => void>>;

const Context = createContext<Messages | null>(null);

/** Fetched with the first message: most pages never show one. */
const MessageList = lazy(() => import('./MessageList.tsx'));

/** The place where short messages appear, around everything that may send one. */
export function MessageArea({ children }: { children: ReactNode }) {
  const [sent, setSent] = useState<readonly Message[]>([]);
  const messages = useMemo(() => {
    const send = (kind: Message['kind']) => (text: string) => setSent((before) => [...before, { id: before.length, kind, text }]);
    return { success: send('success'), error: send('error') };
  }, []);
  return (
    <Context value={messages}>
      {children}
      <Suspense>{sent.length > 0 && <MessageList sent={sent} />}</Suspense>
    </Context>
  );
}

/** Tells of something in passing. */
export function useMessages(): Messages {
  const messages = useContext(Context);
  if (messages === null) throw new Error('useMessages outside of MessageArea');
  return messages;
}
