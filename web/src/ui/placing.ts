import type { FieldProblem } from '~/api/problem.ts';
import { fieldPath, type FieldPath } from '~/report/reportFields.ts';

export interface Placed {
  /** What belongs to a field of the form. */
  readonly at: readonly { path: FieldPath; problems: FieldProblem[] }[];
  /** What belongs to none of them, and must be said above the form. */
  readonly left: readonly FieldProblem[];
}

/** Leads from what the rules say, such as `platform_number_missing` of R6.1, to the field that it is about. */
export type Aim = (problem: FieldProblem) => FieldPath | undefined;

/** Finds each refusal's field among those that the form has: where `aim` leads, else its own, else the nearest one around it. */
export function place(problems: readonly FieldProblem[], known: readonly FieldPath[], aim: Aim = () => undefined): Placed {
  const named = new Map(known.map((path) => [JSON.stringify(path), path]));
  const at = new Map<string, { path: FieldPath; problems: FieldProblem[] }>();
  const left: FieldProblem[] = [];
  for (const problem of problems) {
    const aimed = aim(problem) ?? fieldPath(problem.field);
    const key = [...aimed.keys()].map((index) => JSON.stringify(aimed.slice(0, aimed.length - index))).find((one) => named.has(one));
    const found = key === undefined ? undefined : named.get(key);
    if (key === undefined || found === undefined) left.push(problem);
    else at.set(key, { path: found, problems: [...(at.get(key)?.problems ?? []), problem] });
  }
  return { at: [...at.values()], left };
}
