import type { ReactNode } from 'react';
import { useSentence } from '~/app/useProblem.ts';
import { useTranslation } from '~/i18n/index.ts';
import styles from './home.module.css';
import { useHomeWords } from './words.ts';

export type Tone = 'bad' | 'due' | 'fine' | 'plain';

/** One thing that is due or wrong. */
interface HomeLine {
  readonly key: string;
  /** What it is, as a link to where it is dealt with. */
  readonly what: ReactNode;
  readonly note?: ReactNode;
  readonly under?: ReactNode;
  readonly tone: Tone;
}

/** As much of a query as a card needs. */
export interface Asked<T> {
  readonly data: T | undefined;
  readonly isError: boolean;
  readonly error: unknown;
  readonly refetch: () => unknown;
}

interface HomeCardProps<T> {
  id: string;
  title: string;
  query: Asked<T>;
  lines: (data: T) => readonly HomeLine[];
  /** What stands there when there is nothing to do. */
  fine: string;
  /** The way to the whole list. */
  more?: ReactNode;
  foot?: ReactNode;
}

const MOST = 6;

/** What is due or wrong in one matter. It waits, fails and is retried by itself. */
export function HomeCard<T>({ id, title, query, lines, fine, more, foot }: HomeCardProps<T>) {
  const say = useHomeWords();
  const all = query.data === undefined ? undefined : lines(query.data);
  const tone = all === undefined ? 'plain' : worst(all);
  return (
    <section className={styles.card} data-tone={tone} data-testid={`home-${id}`} aria-labelledby={`home-${id}`}>
      <div className={styles.head}>
        <h2 id={`home-${id}`}>{title}</h2>
        {all !== undefined && all.length > 0 && <b>{all.length}</b>}
        {more}
      </div>
      {all === undefined ? (
        <Outstanding query={query} />
      ) : all.length === 0 ? (
        <div className={styles.fine}>{fine}</div>
      ) : (
        <>
          <ul className={styles.lines}>
            {all.slice(0, MOST).map((line) => (
              <li key={line.key}>
                <span>{line.what}</span>
                <span className={styles.note} data-tone={line.tone}>
                  {line.note}
                </span>
                {line.under !== undefined && <span className={styles.under}>{line.under}</span>}
              </li>
            ))}
          </ul>
          {all.length > MOST && <div className={styles.rest}>{say('rest', { count: all.length - MOST })}</div>}
        </>
      )}
      {foot !== undefined && <div className={styles.foot}>{foot}</div>}
    </section>
  );
}

function Outstanding({ query }: { query: Asked<unknown> }) {
  const { t } = useTranslation();
  const sentence = useSentence();
  if (!query.isError) {
    return (
      <div className={styles.wait} role="status" aria-label={t('common.loading')} data-testid="home-waiting">
        <i />
        <i />
        <i />
      </div>
    );
  }
  return (
    <div className={styles.failed} role="alert">
      {sentence(query.error)}
      <button type="button" className={styles.retry} onClick={() => void query.refetch()}>
        {t('common.retry')}
      </button>
    </div>
  );
}

function worst(lines: readonly HomeLine[]): Tone {
  return (['bad', 'due', 'plain'] as const).find((tone) => lines.some((line) => line.tone === tone)) ?? 'fine';
}
