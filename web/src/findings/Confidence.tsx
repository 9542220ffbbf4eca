import { percent } from '~/time/amounts.ts';
import styles from './findings.module.css';
import { useFindingWords } from './words.ts';

/** How sure the machine is: a hint for whoever decides, so drawn quietly. */
export function Confidence({ value, named = false }: { value: number; named?: boolean }) {
  const say = useFindingWords();
  return (
    <span className={styles.confidence} title={say('confidence')}>
      {named && say('confidence')} <i style={{ '--share': value } as React.CSSProperties} /> {percent(value)}
    </span>
  );
}
