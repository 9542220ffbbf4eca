import { useInfiniteQuery } from '@tanstack/react-query';
import { Timeline } from 'antd';
import type { PolicyVersion } from '~/api/schema.d.ts';
import { useTranslation } from '~/i18n/index.ts';
import { ms, stampOf } from '~/time/zone.ts';
import { Loaded } from '~/ui/Loaded.tsx';
import { More } from '~/ui/More.tsx';
import styles from './administration.module.css';
import { useFieldName, valueText } from './numbers.ts';
import { policyHistoryQuery } from './queries.ts';
import { useAdministrationWords } from './words.ts';

/** Every version of the policy: who set it, when, why, and what it changed. */
export function PolicyHistory() {
  const query = useInfiniteQuery(policyHistoryQuery);
  return (
    <>
      <Loaded query={query}>
        {(versions) => <Timeline style={{ marginTop: 8 }} items={versions.map((version, index) => ({ key: version.version, color: index === 0 ? 'green' : 'gray', content: <Version version={version} /> }))} />}
      </Loaded>
      <More paged={query} />
    </>
  );
}

function Version({ version: { version, label, since, set_by, reason, changes } }: { version: PolicyVersion }) {
  const { marks } = useTranslation();
  const say = useAdministrationWords();
  const name = useFieldName();
  return (
    <div data-testid="policy-version">
      <b>{say('policy.versionOf', { version })}</b> {label}
      <span className={styles.quiet}>
        {' '}
        {stampOf(ms(since))} · {set_by == null ? say('policy.fromFile') : set_by.display_name}
      </span>
      {reason != null && <div>{say('policy.because', { reason })}</div>}
      {changes.length === 0 ? (
        <div className={styles.quiet}>{say('policy.noChange')}</div>
      ) : (
        <ul className={styles.changes}>
          {changes.map((change) => (
            <li key={change.field}>
              {name(change.field)} <span className={styles.was}>{valueText(change.before)}</span> → <b>{valueText(change.after)}</b>
              {change.rules.length > 0 && <span className={styles.quiet}> {change.rules.map(({ id }) => id).join(marks.list)}</span>}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
