import { Alert } from 'antd';
import { Problem } from '~/api/problem.ts';
import { useSentence } from '~/app/useProblem.ts';
import { useText } from '~/i18n/index.ts';

interface RefusedProps {
  error: unknown;
  /** Fields, as paths, at which their own refusals stand already. */
  shown?: ReadonlySet<string>;
}

/** Why something was refused: the sentence, and every reason that no field of the form shows. */
export function Refused({ error, shown }: RefusedProps) {
  const sentence = useSentence();
  const text = useText();
  const all = error instanceof Problem ? error.errors : [];
  const rest = all.filter(({ field }) => shown?.has(field) !== true);
  const listed = all.length > 1 && rest.length > 0;
  const single = all.length === 1 ? all[0] : undefined;
  const title = single === undefined || single.rule === 'shape' ? sentence(error) : `${text(single)}（${single.rule}）`;
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      data-testid="refused"
      style={{ marginBottom: 12 }}
      title={title}
      description={
        listed && (
          <ul style={{ margin: 0, paddingInlineStart: 18 }}>
            {rest.map((problem, n) => (
              <li key={`${n} ${problem.field}`}>
                {text(problem)}
                {problem.rule !== 'shape' && `（${problem.rule}）`}
              </li>
            ))}
          </ul>
        )
      }
    />
  );
}
