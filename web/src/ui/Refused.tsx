import { Alert } from 'antd';
import { Problem, type FieldProblem } from '~/api/problem.ts';
import { useSentence } from '~/app/useProblem.ts';
import styles from './page.module.css';
import { useProblemText } from './useFieldProblems.ts';

interface RefusedProps {
  error: unknown;
  /** Those of its reasons that stand at no field; all of them where there is no form. */
  left?: readonly FieldProblem[];
}

/** Why something was refused: the sentence, and every reason that no field of the form shows. */
export function Refused({ error, left }: RefusedProps) {
  const sentence = useSentence();
  const say = useProblemText();
  if (error == null) return null;
  const all = error instanceof Problem ? error.errors : [];
  const single = all.length === 1 ? all[0] : undefined;
  const listed = single === undefined ? (left ?? all) : [];
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      data-testid="refused"
      style={{ marginBottom: 12 }}
      title={single === undefined || single.rule === 'shape' ? sentence(error) : say(single)}
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
