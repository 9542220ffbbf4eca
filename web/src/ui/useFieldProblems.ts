import type { FormInstance } from 'antd';
import { useState } from 'react';
import { Problem, type FieldProblem } from '~/api/problem.ts';
import { useText } from '~/i18n/index.ts';
import { place, type Aim } from './placing.ts';
import { TO_THE_ERROR } from './toTheError.ts';

/** Puts a refusal's sentences at the form's fields; gives those that no field of it is about. */
export function useFieldProblems<T>(form: FormInstance<T>, aim?: Aim): (error: unknown) => readonly FieldProblem[] {
  const say = useProblemText();
  return (error) => {
    if (!(error instanceof Problem)) return [];
    const known = form.getFieldsError().map(({ name }) => name);
    const { at, left } = place(error.errors, known, aim);
    form.setFields(at.map(({ path, problems }) => ({ name: path as never, errors: problems.map(say) })));
    if (at[0] !== undefined) form.scrollToField(at[0].path, TO_THE_ERROR);
    return left;
  };
}

/** The same, keeping those without a field to be shown above the form. */
export function useRefusal<T>(form: FormInstance<T>, aim?: Aim): { left: readonly FieldProblem[]; take: (error: unknown) => void } {
  const atFields = useFieldProblems(form, aim);
  const [left, setLeft] = useState<readonly FieldProblem[]>([]);
  return { left, take: (error) => setLeft(atFields(error)) };
}

/** A refusal's sentence with its rule, where it is a rule of the notice. */
export function useProblemText(): (problem: FieldProblem) => string {
  const text = useText();
  return (problem) => {
    const said = text(problem);
    return problem.rule === 'shape' || said.startsWith(problem.rule) ? said : `${said}（${problem.rule}）`;
  };
}
