import type { FieldProblem } from '~/api/problem.ts';
import { byField, type FieldPath } from '~/report/reportFields.ts';

export interface Placed {
  /** What belongs to a field of the form. */
  readonly at: readonly { path: FieldPath; problems: FieldProblem[] }[];
  /** What belongs to none of them, and must be said above the form. */
  readonly left: readonly FieldProblem[];
}

/**
 * Finds each refusal's field among those that the form has: its own, else the nearest one around it. `aliases` leads from a word
 * that the rules use, such as `platform_number_missing`, to the field that it is about.
 */
export function place(problems: readonly FieldProblem[], known: readonly FieldPath[], aliases: Readonly<Record<string, FieldPath>> = {}): Placed {
  const named = new Map(known.map((path) => [JSON.stringify(path), path]));
  const at = new Map<string, { path: FieldPath; problems: FieldProblem[] }>();
  const left: FieldProblem[] = [];
  for (const { path, problems: own } of byField(problems)) {
    const aimed = aliases[path.join('.')] ?? path;
    const key = [...aimed.keys()].map((index) => JSON.stringify(aimed.slice(0, aimed.length - index))).find((one) => named.has(one));
    const found = key === undefined ? undefined : named.get(key);
    if (key === undefined || found === undefined) left.push(...own);
    else at.set(key, { path: found, problems: [...(at.get(key)?.problems ?? []), ...own] });
  }
  return { at: [...at.values()], left };
}
