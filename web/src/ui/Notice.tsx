import type { ReactNode } from 'react';
import styles from './page.module.css';

interface NoticeProps {
  icon: ReactNode;
  title: string;
  hint: ReactNode;
  action?: ReactNode;
}

/** What stands in place of a page that cannot be shown. */
export function Notice({ icon, title, hint, action }: NoticeProps) {
  return (
    <div className={styles.notice} role="alert" data-testid="notice">
      <span className={styles.noticeIcon}>{icon}</span>
      <h2>{title}</h2>
      <div className={styles.sub}>{hint}</div>
      {action}
    </div>
  );
}
