import type { FormInstance } from 'antd';
import { Problem } from '~/api/problem.ts';
import { useText } from '~/i18n/index.ts';
import { byField } from '~/report/reportFields.ts';

/** Puts a refusal's sentences at the form's fields; gives whether any field was named. */
export function useFieldProblems<T>(form: FormInstance<T>): (error: unknown) => boolean {
  const text = useText();
  return (error) => {
    if (!(error instanceof Problem) || error.errors.length === 0) return false;
    form.setFields(
      byField(error.errors).map(({ path, problems }) => ({
        name: path as never,
        errors: problems.map((problem) => (problem.rule === 'shape' ? text(problem) : `${text(problem)}（${problem.rule}）`)),
      })),
    );
    return true;
  };
}
