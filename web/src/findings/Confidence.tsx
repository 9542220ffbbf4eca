import { useTranslation } from '~/i18n/index.ts';
import { percent } from '~/time/amounts.ts';
import styles from './findings.module.css';

/** How sure the machine is: a hint for whoever decides, so drawn quietly. */
export function Confidence({ value, named = false }: { value: number; named?: boolean }) {
  const { t } = useTranslation();
  return (
    <span className={styles.confidence} title={t('findings.confidence')}>
      {named && t('findings.confidence')} <i style={{ '--share': value } as React.CSSProperties} /> {percent(value)}
    </span>
  );
}
