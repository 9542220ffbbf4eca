import * as v from 'valibot';
import type { Text } from '~/i18n/text.ts';

/** An RFC 9457 answer, as far as a page can use it. Everything may be missing: a proxy in between answers too. */
const Body = v.object({
  title: v.optional(v.string()),
  detail: v.nullish(v.string()),
  text: v.nullish(v.object({ zh: v.string(), en: v.string() })),
  field: v.nullish(v.string()),
  rule: v.nullish(v.string()),
  request_id: v.nullish(v.string()),
  errors: v.nullish(v.array(v.object({ field: v.string(), rule: v.string(), zh: v.string(), en: v.string() }))),
});

export interface FieldProblem extends Text {
  readonly field: string;
  readonly rule: string;
}

/** Why a request did not give what was asked. Status 0: the server was not reached. */
export class Problem extends Error {
  readonly status: number;
  /** What to do about it, in both languages; null when no duxue answered. */
  readonly text: Text | null;
  readonly field: string | null;
  readonly rule: string | null;
  readonly requestId: string | null;
  readonly errors: readonly FieldProblem[];

  constructor(status: number, body: unknown) {
    const parsed = v.safeParse(Body, body);
    const told = parsed.success ? parsed.output : {};
    super(told.detail ?? told.title ?? `HTTP ${status}`);
    this.name = 'Problem';
    this.status = status;
    this.text = told.text ?? null;
    this.field = told.field ?? null;
    this.rule = told.rule ?? null;
    this.requestId = told.request_id ?? null;
    this.errors = told.errors ?? [];
  }
}

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The answer's content, or a thrown {@link Problem}; never anything else. */
export async function ask<T>(request: Promise<Answer<T>>): Promise<T> {
  let answer: Answer<T>;
  try {
    answer = await request;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Problem(0, {});
  }
  if (answer.response.ok) return answer.data as T;
  throw new Problem(answer.response.status, answer.error);
}
