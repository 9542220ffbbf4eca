import { isSettled, type Answer } from './send.ts';
import { MOST_WAITING, type Shelf, type Unmatched, type Waiting } from './shelf.ts';

/** How the line to the server is. */
export type Line = 'unknown' | 'ready' | 'offline' | 'unavailable' | 'signedOut';

export interface DeskState {
  readonly line: Line;
  readonly waiting: number;
  readonly unmatched: readonly Unmatched[];
}

type Send = (waiting: Waiting) => Promise<Answer>;

/**
 * The kiosk's clerk: everything is put on the shelf before it is sent, and leaves it when the server has decided. So nothing that
 * somebody saw the kiosk take is lost, whatever fails when.
 */
export class Desk {
  readonly #shelf: Shelf;
  readonly #send: Send;
  readonly #tell: (state: DeskState) => void;
  #line: Line = 'unknown';
  /** Somebody stands there and waits for the answer to these. */
  readonly #live = new Set<string>();
  #draining = false;

  constructor(shelf: Shelf, send: Send, tell: (state: DeskState) => void) {
    this.#shelf = shelf;
    this.#send = send;
    this.#tell = tell;
  }

  /** Takes a check-in of somebody who stands there. Null: too many wait already, and it was not taken. */
  async take(waiting: Waiting): Promise<Answer | null> {
    if ((await this.#shelf.waiting()).length >= MOST_WAITING) return null;
    this.#live.add(waiting.id);
    try {
      await this.#shelf.keep(waiting);
      const answer = await this.#send(waiting);
      // A face without a recogniser: the person is told, and gives the number instead.
      if (isSettled(answer) || (answer.kind === 'unavailable' && waiting.how === 'face')) await this.#shelf.drop(waiting.id);
      // From here on it is one of those that wait, and is counted so.
      this.#live.delete(waiting.id);
      await this.#heard(answer);
      return answer;
    } finally {
      this.#live.delete(waiting.id);
    }
  }

  /** Sends what waits, the oldest first, until the server cannot take any more. */
  async drain(): Promise<void> {
    if (this.#draining) return;
    this.#draining = true;
    try {
      let noFaces = false;
      for (const waiting of await this.#shelf.waiting()) {
        if (this.#live.has(waiting.id) || (noFaces && waiting.how === 'face')) continue;
        const answer = await this.#send(waiting);
        if (!isSettled(answer)) {
          await this.#heard(answer);
          // Without a recogniser the numbers behind a face can still be sent.
          noFaces = answer.kind === 'unavailable' && waiting.how === 'face';
          if (noFaces) continue;
          return;
        }
        const lost = unmatchedOf(waiting, answer);
        if (lost !== null) await this.#shelf.note(lost);
        await this.#shelf.drop(waiting.id);
        await this.#heard(answer);
      }
    } finally {
      this.#draining = false;
    }
  }

  /** Takes up how the line was found to be. */
  async found(line: Line): Promise<void> {
    this.#line = line;
    await this.look();
  }

  async look(): Promise<void> {
    const [waiting, unmatched] = await Promise.all([this.#shelf.waiting(), this.#shelf.unmatched()]);
    this.#tell({ line: this.#line, waiting: waiting.filter(({ id }) => !this.#live.has(id)).length, unmatched });
  }

  async #heard(answer: Answer): Promise<void> {
    await this.found(lineOf(answer));
  }
}

/** What an answer says of the line. */
export function lineOf({ kind }: Answer): Line {
  return kind === 'offline' || kind === 'unavailable' || kind === 'signedOut' ? kind : 'ready';
}

/** Who would have checked in, had the server known them; null when it did. */
function unmatchedOf(waiting: Waiting, answer: Answer): Unmatched | null {
  if (answer.kind === 'recognised' || answer.kind === 'kept') return null;
  return { id: waiting.id, at: waiting.at, number: waiting.how === 'number' ? waiting.number : null, why: answer.kind === 'refused' ? answer.text : null };
}
