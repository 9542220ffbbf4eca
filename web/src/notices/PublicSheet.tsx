import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { LanguageSwitch } from '~/app/LanguageSwitch.tsx';
import { Mark } from '~/app/Mark.tsx';
import styles from './notices.module.css';
import { useNoticeWords } from './words.ts';

/** The frame of what everybody may read, without signing in. On paper only the sheet remains. */
export function PublicSheet({ children }: { children: ReactNode }) {
  const say = useNoticeWords();
  return (
    <div className={styles.sheet}>
      <header className={styles.bar}>
        <Link to="/notices">
          <Mark size={24} />
          {say('title')}
        </Link>
        <LanguageSwitch />
        <Link to="/">{say('signIn')}</Link>
      </header>
      <main className={styles.paper}>{children}</main>
    </div>
  );
}
