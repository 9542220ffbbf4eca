import { Alert } from 'antd';
import { Problem, type FieldProblem } from '~/api/problem.ts';
import { useSentence } from '~/app/useProblem.ts';
import styles from './page.module.css';
import { useProblemText } from './useFieldProblems.ts';

interface RefusedProps {
  error: unknown;
  /** Those of its refusals that stand at no field; all of them where there is no form. */
  left?: readonly FieldProblem[];
}

/** Why something was not done, with every refusal that is not already said at a field. */
export function Refused({ error, left }: RefusedProps) {
  const sentence = useSentence();
  const say = useProblemText();
  if (error == null) return null;
  const listed = left ?? (error instanceof Problem ? error.errors : []);
  return (
    <Alert
      type="error"
      showIcon
      data-testid="refused"
      style={{ marginBottom: 12 }}
      title={sentence(error)}
      description={
        listed.length > 0 && (
          <ul className={styles.reasons}>
            {listed.map((problem, index) => (
              <li key={`${problem.field} ${index}`}>{say(problem)}</li>
            ))}
          </ul>
        )
      }
    />
  );
}
