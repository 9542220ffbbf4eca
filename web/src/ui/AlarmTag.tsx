import type { ReactNode } from 'react';
import styles from './page.module.css';

/** Something that waits for a person, in a colour that stands out in either scheme. */
export function AlarmTag({ children, 'data-testid': testId }: { children: ReactNode; 'data-testid'?: string }) {
  return (
    <span className={styles.alarm} data-testid={testId}>
      {children}
    </span>
  );
}
