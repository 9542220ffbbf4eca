import type { RuleFinding } from '~/api/schema.d.ts';
import { useText } from '~/i18n/index.ts';
import styles from './rules.module.css';
import { useRuleWords } from './words.ts';

interface RuleFindingsProps {
  findings: readonly RuleFinding[];
  /** Show no more than this many. */
  most?: number;
  'data-testid'?: string;
}

/** What a rule wants and what is there instead, one below the other. */
export function RuleFindings({ findings, most = Infinity, 'data-testid': testId }: RuleFindingsProps) {
  const say = useRuleWords();
  const text = useText();
  if (findings.length === 0) return <span style={{ color: 'var(--quiet)' }}>{say('none')}</span>;
  const more = findings.length - most;
  return (
    <ul className={styles.list} data-testid={testId}>
      {findings.slice(0, most).map((finding, index) => (
        <li key={`${finding.code} ${index}`} className={styles.one} data-code={finding.code}>
          <span className={styles.rule}>{finding.rule}</span>
          <span>{text(finding.expected)}</span>
          <span className={styles.seen}>{say('seen', { seen: text(finding.seen) })}</span>
        </li>
      ))}
      {more > 0 && <li className={styles.seen}>{say('more', { count: more })}</li>}
    </ul>
  );
}
