import { lazy, Suspense, type ComponentType } from 'react';
import type { Role } from '~/api/schema.d.ts';
import { useMe } from '~/app/access.ts';
import { Page } from '~/ui/Page.tsx';
import { Waiting } from '~/ui/Waiting.tsx';
import styles from './home.module.css';
import { CamerasCard, DrawCard, FindingsCard, QuotaCard, ReportsCard, type CardProps } from './watchCards.tsx';
import { useHomeWords } from './words.ts';

// What one role alone reads comes with that role: the first page is for all of them.
const own = () => import('./ownCards.tsx');
const evidence = () => import('./evidenceCards.tsx');
const settlement = () => import('./settlementCards.tsx');
const StatementsCard = lazy(async () => ({ default: (await own()).StatementsCard }));
const ConsentCard = lazy(async () => ({ default: (await own()).ConsentCard }));
const SheetsCard = lazy(async () => ({ default: (await own()).SheetsCard }));
const EvidenceCard = lazy(async () => ({ default: (await evidence()).EvidenceCard }));
const PackagesCard = lazy(async () => ({ default: (await evidence()).PackagesCard }));
const ChainCard = lazy(async () => ({ default: (await evidence()).ChainCard }));
const PipelineCard = lazy(async () => ({ default: (await settlement()).PipelineCard }));
const SettlementCard = lazy(async () => ({ default: (await settlement()).SettlementCard }));
const NoticesCard = lazy(async () => ({ default: (await settlement()).NoticesCard }));

/** What each role has to look at, the most pressing first. */
const CARDS: Record<Role, readonly (readonly [string, ComponentType<CardProps>])[]> = {
  supervisor: [
    ['quota', QuotaCard], ['draw', DrawCard], ['findings', FindingsCard], ['cameras', CamerasCard], ['reports', ReportsCard], ['evidence', EvidenceCard], ['pipeline', PipelineCard],
  ],
  manager: [
    ['pipeline', PipelineCard], ['settlement', SettlementCard], ['notices', NoticesCard], ['findings', FindingsCard], ['quota', QuotaCard], ['cameras', CamerasCard], ['reports', ReportsCard],
    ['evidence', EvidenceCard],
  ],
  auditor: [['evidence', EvidenceCard], ['packages', PackagesCard], ['chain', ChainCard], ['findings', FindingsCard], ['settlement', SettlementCard], ['notices', NoticesCard]],
  institution: [
    ['reports', ReportsCard], ['sheets', SheetsCard], ['statements', StatementsCard], ['consent', ConsentCard], ['evidence', EvidenceCard], ['cameras', CamerasCard], ['settlement', SettlementCard],
  ],
};

/** Where everybody begins: what is due and what is wrong. */
export function Home({ today, now }: CardProps) {
  const say = useHomeWords();
  const me = useMe();
  return (
    <Page title={say('title')} sub={`${me.display_name} · ${today}`}>
      <div className={styles.cards}>
        {CARDS[me.role].map(([key, Card]) => (
          <Suspense key={key} fallback={<Waiting rows={3} />}>
            <Card today={today} now={now} />
          </Suspense>
        ))}
      </div>
    </Page>
  );
}
