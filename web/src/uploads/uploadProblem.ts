import { DetailedError } from 'tus-js-client';
import { Problem } from '~/api/problem.ts';

/** What the server said to an upload that failed; status 0 when it said nothing. */
export function uploadProblem(error: unknown): Problem {
  const response = error instanceof DetailedError ? error.originalResponse : null;
  if (response === null) return new Problem(0, {});
  return new Problem(response.getStatus(), parsed(response.getBody()));
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return {};
  }
}
