import { useCallback, useEffect, useState } from 'react';
import { Desk, lineOf, type DeskState } from './desk.ts';
import { greet, send } from './send.ts';
import { openShelf, type Shelf } from './shelf.ts';

/** How often the server is greeted, and sent what waits. */
const ROUND_MS = 30_000;

const BEGINNING: DeskState = { line: 'unknown', waiting: 0, unmatched: [] };

export interface DeskAtWork {
  readonly desk: Desk;
  readonly shelf: Shelf;
}

/** The clerk of this device, who sends what waits in rounds and whenever the network comes back. Null until the database is open. */
export function useDesk(token: string): { work: DeskAtWork | 'broken' | null; state: DeskState; round: () => Promise<void> } {
  const [work, setWork] = useState<DeskAtWork | 'broken' | null>(null);
  const [state, setState] = useState(BEGINNING);
  useEffect(() => {
    let gone = false;
    openShelf().then(
      (shelf) => {
        if (!gone) setWork({ shelf, desk: new Desk(shelf, (waiting) => send(token, waiting), setState) });
      },
      () => setWork('broken'),
    );
    return () => {
      gone = true;
    };
  }, [token]);
  const round = useCallback(async () => {
    if (work === null || work === 'broken') return;
    const greeted = await greet(token);
    await work.desk.found(greeted === 'ready' ? 'ready' : lineOf(greeted));
    if (greeted === 'ready') await work.desk.drain();
  }, [work, token]);
  useEffect(() => {
    const go = () => void round();
    go();
    const timer = setInterval(go, ROUND_MS);
    globalThis.addEventListener('online', go);
    globalThis.addEventListener('offline', go);
    return () => {
      clearInterval(timer);
      globalThis.removeEventListener('online', go);
      globalThis.removeEventListener('offline', go);
    };
  }, [round]);
  return { work, state, round };
}
