import { ArrowLeftOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from '~/i18n/index.ts';
import styles from './page.module.css';

interface PageProps {
  title: ReactNode;
  sub?: ReactNode;
  tools?: ReactNode;
  onBack?: () => void;
  children: ReactNode;
}

/** A page's head and body. */
export function Page({ title, sub, tools, onBack, children }: PageProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        {onBack !== undefined && <Button type="text" icon={<ArrowLeftOutlined />} aria-label={t('common.back')} onClick={onBack} />}
        <h1 className={styles.title}>{title}</h1>
        {sub !== undefined && <span className={styles.sub}>{sub}</span>}
        {tools !== undefined && <div className={styles.tools}>{tools}</div>}
      </div>
      {children}
    </div>
  );
}

/** A sheet of paper on the page. */
export function Panel({ children }: { children: ReactNode }) {
  return <div className={styles.panel}>{children}</div>;
}

/** A wide column and a narrow one beside it. */
export function Columns({ main, side }: { main: ReactNode; side: ReactNode }) {
  return (
    <div className={styles.columns}>
      <div className={styles.stack}>{main}</div>
      <div className={styles.stack}>{side}</div>
    </div>
  );
}
