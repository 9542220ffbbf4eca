import { describe, expect, it } from 'vitest';
import { Problem } from '~/api/problem.ts';
import { Desk, type DeskState } from './desk.ts';
import { answerOf, type Answer } from './send.ts';
import { MOST_WAITING, type Shelf, type Unmatched, type Waiting } from './shelf.ts';

function did(act: () => unknown): Promise<void> {
  act();
  return Promise.resolve();
}

function shelfOf(...rows: Waiting[]): Shelf {
  const waiting = new Map(rows.map((row) => [row.id, row]));
  const unmatched = new Map<string, Unmatched>();
  const sorted = <T extends { at: string }>(of: Map<string, T>) => Promise.resolve([...of.values()].sort((a, b) => Date.parse(a.at) - Date.parse(b.at)));
  return {
    waiting: () => sorted(waiting),
    keep: (row) => did(() => waiting.set(row.id, row)),
    drop: (id) => did(() => waiting.delete(id)),
    unmatched: () => sorted(unmatched),
    note: (row) => did(() => unmatched.set(row.id, row)),
    forget: (id) => did(() => unmatched.delete(id)),
    clear: () => did(() => [waiting, unmatched].forEach((map) => map.clear())),
  };
}

const number = (id: string, at = '2024-10-08T00:30:00Z'): Waiting => ({ id, at, how: 'number', number: id });
const face = (id: string, at = '2024-10-08T00:30:00Z'): Waiting => ({ id, at, how: 'face', picture: new Blob(['jpeg']) });

function deskOf(shelf: Shelf, answers: Record<string, Answer>) {
  const sent: string[] = [];
  const states: DeskState[] = [];
  const send = (waiting: Waiting) => {
    sent.push(waiting.id);
    return Promise.resolve(answers[waiting.id] ?? ({ kind: 'offline' } as const));
  };
  return { desk: new Desk(shelf, send, (state) => states.push(state)), sent, last: () => states.at(-1) };
}

const kept: Answer = { kind: 'kept', punch: {} as never };

const ids = async (rows: Promise<readonly { id: string }[]>) => (await rows).map(({ id }) => id);

describe('taking a check-in', () => {
  it('keeps it while the server cannot be reached, and says how many wait', async () => {
    const shelf = shelfOf();
    const { desk, last } = deskOf(shelf, {});
    expect(await desk.take(face('a'))).toEqual({ kind: 'offline' });
    expect(await ids(shelf.waiting())).toEqual(['a']);
    await desk.look();
    expect(last()).toEqual({ line: 'offline', waiting: 1, unmatched: [] });
  });

  it('lets go of it once the server has decided, also when the face is not known', async () => {
    const shelf = shelfOf();
    const { desk, last } = deskOf(shelf, { a: { kind: 'unsure' }, b: kept });
    await desk.take(face('a'));
    await desk.take(number('b'));
    expect(await ids(shelf.waiting())).toEqual([]);
    // Whoever stands there has been told; there is nobody to look for.
    expect(last()).toEqual({ line: 'ready', waiting: 0, unmatched: [] });
  });

  it('lets go of a face that the server cannot look at, and keeps a number', async () => {
    const shelf = shelfOf();
    const { desk } = deskOf(shelf, { a: { kind: 'unavailable', text: null }, b: { kind: 'unavailable', text: null } });
    await desk.take(face('a'));
    await desk.take(number('b'));
    expect(await ids(shelf.waiting())).toEqual(['b']);
  });

  it('takes no more than fits', async () => {
    const { desk, sent } = deskOf(shelfOf(...Array.from({ length: MOST_WAITING }, (_, index) => number(`${index}`))), {});
    expect(await desk.take(number('one more'))).toBeNull();
    expect(sent).toEqual([]);
  });
});

describe('sending what waits', () => {
  it('begins with the oldest and notes who was not known, with the time of the picture', async () => {
    const shelf = shelfOf(face('late', '2024-10-08T08:00:00Z'), number('wrong', '2024-10-08T00:31:00Z'), face('early'));
    const { desk, sent, last } = deskOf(shelf, {
      early: { kind: 'unknown' },
      wrong: { kind: 'refused', text: { zh: '没有这名学员', en: 'no such student' } },
      late: { kind: 'recognised', punch: {} as never },
    });
    await desk.drain();
    expect(sent).toEqual(['early', 'wrong', 'late']);
    expect(last()?.unmatched).toEqual([
      { id: 'early', at: '2024-10-08T00:30:00Z', number: null, why: null },
      { id: 'wrong', at: '2024-10-08T00:31:00Z', number: 'wrong', why: { zh: '没有这名学员', en: 'no such student' } },
    ]);
    expect(last()).toMatchObject({ line: 'ready', waiting: 0 });
  });

  it('stops at the first that the server cannot take, and keeps the rest', async () => {
    const shelf = shelfOf(number('a', '2024-10-08T00:30:00Z'), number('b', '2024-10-08T00:31:00Z'), number('c', '2024-10-08T00:32:00Z'));
    const { desk, sent, last } = deskOf(shelf, { a: kept, b: { kind: 'signedOut' } });
    await desk.drain();
    expect(sent).toEqual(['a', 'b']);
    expect(await ids(shelf.waiting())).toEqual(['b', 'c']);
    expect(last()).toMatchObject({ line: 'signedOut', waiting: 2 });
  });

  it('sends the numbers behind a face that the server cannot look at', async () => {
    const shelf = shelfOf(face('a', '2024-10-08T00:30:00Z'), face('b', '2024-10-08T00:31:00Z'), number('c', '2024-10-08T00:32:00Z'));
    const { desk, sent } = deskOf(shelf, { a: { kind: 'unavailable', text: null }, c: kept });
    await desk.drain();
    expect(sent).toEqual(['a', 'c']);
    expect(await ids(shelf.waiting())).toEqual(['a', 'b']);
  });

  it('leaves out the one whose answer somebody is waiting for', async () => {
    const shelf = shelfOf();
    const asked: string[] = [];
    let answer: (answer: Answer) => void = () => undefined;
    const desk = new Desk(shelf, ({ id }) => new Promise((resolve) => { asked.push(id); answer = resolve; }), () => undefined);
    const taken = desk.take(face('a'));
    while (asked.length === 0) await Promise.resolve();
    await desk.drain();
    answer({ kind: 'unknown' });
    expect(await taken).toEqual({ kind: 'unknown' });
    expect(asked).toEqual(['a']);
    expect(await shelf.unmatched()).toEqual([]);
  });
});

it('tells what will never be taken from what may be later', () => {
  const text = { zh: '照片中没有人脸', en: 'no face' };
  const kinds = (status: number, body: unknown = { text }) => answerOf(new Problem(status, body)).kind;
  expect([0, 401, 409, 422, 429, 500, 503].map((status) => kinds(status))).toEqual(['offline', 'signedOut', 'refused', 'refused', 'unavailable', 'unavailable', 'unavailable']);
  expect(answerOf(new Problem(422, { text: { zh: '一处', en: 'one' }, errors: [{ field: 'picture', rule: 'face', ...text }] }))).toEqual({ kind: 'refused', text });
  // Somebody in between answered, not duxue: nothing was decided.
  expect(kinds(404, '<html>')).toBe('unavailable');
  expect(answerOf(new Error('timeout'))).toEqual({ kind: 'offline' });
});
