import { Link } from '@tanstack/react-router';
import type { PublicNotice } from '~/api/schema.d.ts';
import { yuan } from '~/settlement/money.ts';
import { More, type Paged } from '~/ui/More.tsx';
import { Nothing } from '~/ui/Nothing.tsx';
import styles from './notices.module.css';
import { useNoticeWords } from './words.ts';

/** The notices that hang today. */
export function NoticeList({ notices, paged }: { notices: readonly PublicNotice[]; paged: Paged }) {
  const say = useNoticeWords();
  return (
    <>
      <h1>{say('heading')}</h1>
      {notices.length === 0 ? (
        <Nothing what={say('empty')} />
      ) : (
        <ul className={styles.list}>
          {notices.map((notice) => (
            <li key={notice.id} data-testid="public-notice">
              <h2>
                <Link to="/notices/$noticeId" params={{ noticeId: notice.id }}>
                  {notice.class}
                </Link>
              </h2>
              <div>{notice.institution}</div>
              <div className={styles.quiet}>
                {say('people', { count: notice.lines.length })} · {say('totalOf', { yuan: yuan(notice.total_fen) })} · {say('period')} {say('span', { from: notice.published_on, until: notice.until })}
              </div>
            </li>
          ))}
        </ul>
      )}
      <More paged={paged} />
    </>
  );
}
