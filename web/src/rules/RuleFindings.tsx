import { Button } from 'antd';
import { useState } from 'react';
import type { Record as Shown, RuleFinding } from '~/api/schema.d.ts';
import { useText, useTranslation } from '~/i18n/index.ts';
import { grouped } from './grouped.ts';
import styles from './rules.module.css';
import { useRuleWords } from './words.ts';

/** Names of what findings are about, by identity. */
export type Names = ReadonlyMap<string, string>;

interface RuleFindingsProps {
  findings: readonly RuleFinding[];
  names?: Names;
  /** Show no more than this many at first. */
  most?: number;
  'data-testid'?: string;
}

/** What a rule wants and what is there instead, one below the other; what is the same of many is said once. */
export function RuleFindings({ findings, names, most = 12, 'data-testid': testId }: RuleFindingsProps) {
  const say = useRuleWords();
  const text = useText();
  const [all, setAll] = useState(false);
  const groups = grouped(findings);
  if (groups.length === 0) return <span style={{ color: 'var(--quiet)' }}>{say('none')}</span>;
  const shown = all ? groups : groups.slice(0, most);
  return (
    <ul className={styles.list} data-testid={testId}>
      {shown.map(({ finding, records }, index) => (
        <li key={`${finding.code} ${index}`} className={styles.one} data-code={finding.code}>
          <span className={styles.rule}>{finding.rule}</span>
          <span className={styles.says}>
            <span>{text(finding.expected)}</span>
            <span className={styles.seen}>{say('seen', { seen: text(finding.seen) })}</span>
          </span>
          <Whom records={records} names={names} />
        </li>
      ))}
      {shown.length < groups.length && (
        <li>
          <Button type="link" size="small" onClick={() => setAll(true)}>
            {say('more', { count: groups.length - shown.length })}
          </Button>
        </li>
      )}
    </ul>
  );
}

function Whom({ records, names }: { records: readonly Shown[]; names: Names | undefined }) {
  const { marks } = useTranslation();
  const say = useRuleWords();
  const told = records.flatMap(({ kind, id }) => (kind === 'day' ? [id] : (names?.get(id) ?? [])));
  if (told.length === 0) return null;
  return <span className={styles.whom}>{say('about', { names: told.slice(0, 40).join(marks.list), count: told.length })}</span>;
}
