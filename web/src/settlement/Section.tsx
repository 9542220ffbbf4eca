import type { ReactNode } from 'react';
import styles from './settlement.module.css';

interface SectionProps {
  id: string;
  title: string;
  hint: string;
  tools?: ReactNode;
  children: ReactNode;
}

/** One step between close-out and tracking; each asks for its own records, and fails by itself. */
export function Section({ id, title, hint, tools, children }: SectionProps) {
  return (
    <section className={styles.section} data-testid={`settle-${id}`} aria-labelledby={`settle-${id}`}>
      <div className={styles.head}>
        <h3 id={`settle-${id}`}>{title}</h3>
        {tools !== undefined && <div className={styles.tools}>{tools}</div>}
        <p className={styles.hint}>{hint}</p>
      </div>
      <div className={styles.body}>{children}</div>
    </section>
  );
}

/** What stands in a step that has no records yet: a line, since there are eight of them on the page. */
export function Empty({ what }: { what: string }) {
  return <span className={styles.quiet}>{what}</span>;
}
