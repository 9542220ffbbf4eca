import { Link } from '@tanstack/react-router';
import type { PublicNotice } from '~/api/schema.d.ts';
import { FormLinks } from '~/files/FormLinks.tsx';
import { yuan } from '~/settlement/money.ts';
import styles from './notices.module.css';
import { useNoticeWords } from './words.ts';

/** A notice as it hangs: institution, students with numbers partly hidden, amounts (R10.1). Prints as a sheet. */
export function NoticePaper({ notice }: { notice: PublicNotice }) {
  const say = useNoticeWords();
  return (
    <>
      <div className={styles.tools}>
        <Link to="/notices">{say('back')}</Link>
        <FormLinks of={`/notices/${notice.id}`} label={say('form')} />
      </div>
      <h1>{say('heading')}</h1>
      <p>{say('intro')}</p>
      <dl className={styles.facts}>
        <dt>{say('institution')}</dt>
        <dd>{notice.institution}</dd>
        <dt>{say('class')}</dt>
        <dd>{notice.class}</dd>
        <dt>{say('period')}</dt>
        <dd>{say('span', { from: notice.published_on, until: notice.until })}</dd>
      </dl>
      <div className={styles.scroll}>
        <table className={styles.table} data-testid="notice-lines">
          <thead>
            <tr>
              <th className={styles.no}>{say('number')}</th>
              <th>{say('name')}</th>
              <th>{say('masked')}</th>
              <th className={styles.money}>{say('amount')}</th>
            </tr>
          </thead>
          <tbody>
            {notice.lines.map((line, n) => (
              <tr key={`${n} ${line.name}`}>
                <td className={styles.no}>{n + 1}</td>
                <td>{line.name}</td>
                <td>{line.masked_number ?? '—'}</td>
                <td className={styles.money}>{yuan(line.amount_fen)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th colSpan={3}>
                {say('total')} · {say('people', { count: notice.lines.length })}
              </th>
              <th className={styles.money} data-testid="notice-total">
                {yuan(notice.total_fen)}
              </th>
            </tr>
          </tfoot>
        </table>
      </div>
      <p className={styles.foot}>{say('objections')}</p>
    </>
  );
}
