import { describe, expect, it } from 'vitest';
import { ask, Problem } from './problem.ts';

const answer = (status: number, error?: unknown, data?: unknown) =>
  Promise.resolve({ data, error, response: new Response(null, { status }) });

async function problemOf(promise: Promise<unknown>): Promise<Problem> {
  const thrown: unknown = await promise.then(() => null, (e: unknown) => e);
  if (!(thrown instanceof Problem)) throw new Error('no problem was thrown');
  return thrown;
}

describe('ask', () => {
  it('gives the content of a good answer', async () => {
    expect(await ask(answer(200, undefined, { a: 1 }))).toEqual({ a: 1 });
    expect(await ask(answer(204))).toBeUndefined();
  });

  it('reads the fields of a refusal', async () => {
    const errors = [{ field: 'present', rule: 'R7.3b', zh: '多', en: 'more' }];
    const problem = await problemOf(ask(answer(422, { title: 'Unprocessable', detail: 'no', errors, request_id: 'r1' })));
    expect(problem).toMatchObject({ status: 422, message: 'no', requestId: 'r1', errors });
  });

  it('bears with answers that no duxue wrote', async () => {
    expect(await problemOf(ask(answer(502, '<html>')))).toMatchObject({ status: 502, message: 'HTTP 502', errors: [] });
    expect(await problemOf(ask(Promise.reject(new TypeError('failed to fetch'))))).toMatchObject({ status: 0 });
  });
});
