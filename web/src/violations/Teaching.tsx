import { Tag } from 'antd';
import type { Conduct } from '~/api/schema.d.ts';
import { useText, useTranslation } from '~/i18n/index.ts';
import styles from './violations.module.css';
import { useViolationWords } from './words.ts';

/** Whether an institution may teach today, and what stops it. */
export function Teaching({ conduct }: { conduct: Conduct }) {
  const { marks } = useTranslation();
  const say = useViolationWords();
  const text = useText();
  return (
    <span data-testid="teaching" data-may={conduct.may_teach}>
      <Tag color={conduct.may_teach ? 'success' : 'error'} variant="filled">
        {say(conduct.may_teach ? 'mayTeach' : 'mayNot')}
      </Tag>
      <span className={styles.quiet}>{conduct.reasons.map((reason) => text(reason.text)).join(marks.sentence)}</span>
    </span>
  );
}
