import { Outlet } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from '~/i18n/index.ts';
import { Navigation } from './Navigation.tsx';
import styles from './shell.module.css';
import { SystemNotices } from './SystemNotices.tsx';
import { TopBar } from './TopBar.tsx';
import { useNarrow } from './useNarrow.ts';
import { useSignedOut } from './useSignedOut.ts';

/** Navigation, top bar and notices around every page of a signed-in person; on a telephone the navigation lies over the page. */
export function Shell() {
  const { t } = useTranslation();
  const narrow = useNarrow();
  const [folded, setFolded] = useState({ wide: false, narrow: true });
  useSignedOut();
  const width = narrow ? 'narrow' : 'wide';
  const fold = (next: boolean) => setFolded({ ...folded, [width]: next });
  const over = narrow && !folded.narrow;
  return (
    <div className={styles.shell} data-folded={folded[width]}>
      <a href="#content" className={styles.skip}>
        {t('shell.skip')}
      </a>
      <aside className={styles.sider}>
        <Navigation onGo={() => setFolded({ ...folded, narrow: true })} />
      </aside>
      {over && <button type="button" className={styles.backdrop} aria-label={t('shell.collapse')} onClick={() => fold(true)} />}
      <div className={styles.side}>
        <TopBar folded={folded[width]} onFold={fold} />
        <SystemNotices />
        <main id="content" tabIndex={0} className={styles.content}>
          <Outlet />
        </main>
      </div>
    </div>
  );
}
