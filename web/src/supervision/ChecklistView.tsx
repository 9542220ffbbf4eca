import { Tag } from 'antd';
import type { Checklist } from '~/api/schema.d.ts';
import { useTranslation } from '~/i18n/index.ts';
import { ITEMS, tallyOf } from './checklist.ts';
import styles from './supervision.module.css';
import { useSupervisionWords } from './words.ts';

const COLOURS = { seen_fine: 'success', not_fine: 'error', not_looked_at: 'default' } as const;

/** What was looked at, item by item. */
export function ChecklistView({ checklist }: { checklist: Checklist }) {
  const say = useSupervisionWords();
  return (
    <dl className={styles.seen}>
      {ITEMS.map((item) => {
        const look = checklist[item];
        return (
          <div key={item} data-look={look.look}>
            <dt>{say(`item.${item}`)}</dt>
            <dd>
              <Tag color={COLOURS[look.look]} variant="filled">
                {say(`look.${look.look}`)}
              </Tag>
              {look.look === 'not_fine' && <span>{look.what}</span>}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

/** The same in a line: what is wrong, or that nothing is. */
export function ChecklistLine({ checklist }: { checklist: Checklist }) {
  const { marks } = useTranslation();
  const say = useSupervisionWords();
  const tally = tallyOf(checklist);
  if (tally.wrong.length === 0) return <>{say('allFine', { fine: tally.fine })}</>;
  return (
    <ul className={styles.wrong}>
      {tally.wrong.map(({ item, what }) => (
        <li key={item}>
          {say(`item.${item}`)}{marks.colon}{what}
        </li>
      ))}
    </ul>
  );
}
