import { useMe } from '~/app/access.ts';
import { Page } from '~/ui/Page.tsx';
import type { Role } from '~/api/schema.d.ts';
import { ChainCard, EvidenceCard, PackagesCard } from './evidenceCards.tsx';
import styles from './home.module.css';
import { ConsentCard, SheetsCard, StatementsCard } from './ownCards.tsx';
import { NoticesCard, PipelineCard, SettlementCard } from './settlementCards.tsx';
import { CamerasCard, DrawCard, FindingsCard, QuotaCard, ReportsCard, type CardProps } from './watchCards.tsx';
import { useHomeWords } from './words.ts';

/** What each role has to look at, the most pressing first. */
const CARDS: Record<Role, readonly ((props: CardProps) => React.JSX.Element)[]> = {
  supervisor: [QuotaCard, DrawCard, FindingsCard, CamerasCard, ReportsCard, EvidenceCard, PipelineCard],
  manager: [PipelineCard, SettlementCard, NoticesCard, FindingsCard, QuotaCard, CamerasCard, ReportsCard, EvidenceCard],
  auditor: [EvidenceCard, PackagesCard, ChainCard, FindingsCard, SettlementCard, NoticesCard],
  institution: [ReportsCard, SheetsCard, StatementsCard, ConsentCard, EvidenceCard, CamerasCard, SettlementCard],
};

/** Where everybody begins: what is due and what is wrong. */
export function Home({ today, now }: CardProps) {
  const say = useHomeWords();
  const me = useMe();
  return (
    <Page title={say('title')} sub={`${me.display_name} · ${today}`}>
      <div className={styles.cards}>
        {CARDS[me.role].map((Card) => (
          <Card key={Card.name} today={today} now={now} />
        ))}
      </div>
    </Page>
  );
}
