import { useCallback, useEffect, useState } from 'react';
import type { Kiosk } from '~/api/schema.d.ts';
import { nowMs } from '~/app/clock.ts';
import { ms } from '~/time/zone.ts';
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

/** What the server told of this device, and by how much its clock was ahead of ours then. */
export interface Told {
  readonly kiosk: Kiosk;
  readonly aheadMs: number;
}

/** The clerk of this device, who sends what waits in rounds and whenever the network comes back. Null until the database is open. */
export function useDesk(token: string): { work: DeskAtWork | 'broken' | null; state: DeskState; told: Told | null; round: () => Promise<void> } {
  const [work, setWork] = useState<DeskAtWork | 'broken' | null>(null);
  const [state, setState] = useState(BEGINNING);
  const [told, setTold] = useState<Told | null>(null);
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
    await work.desk.found(greeted.kind === 'ready' ? 'ready' : lineOf(greeted));
    if (greeted.kind !== 'ready') return;
    setTold({ kiosk: greeted.kiosk, aheadMs: ms(greeted.kiosk.now) - nowMs() });
    await work.desk.drain();
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
  return { work, state, told, round };
}
