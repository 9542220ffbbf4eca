import { Card, Tabs } from 'antd';
import { useNarrow } from '~/app/useNarrow.ts';
import { Page } from '~/ui/Page.tsx';
import { Approvals } from './Approvals.tsx';
import { Devices } from './Devices.tsx';
import { Institutions } from './Institutions.tsx';
import { Standards } from './Standards.tsx';
import { PARTS, type Part } from './tabs.ts';
import { Textbooks } from './Textbooks.tsx';
import { Venues } from './Venues.tsx';
import { useCatalogueWords } from './words.ts';

const BODIES: Record<Part, (props: object) => React.JSX.Element> = { institutions: Institutions, approvals: Approvals, venues: Venues, textbooks: Textbooks, standards: Standards, devices: Devices };

/** Institutions and what was approved for them, standards, devices: read by everybody, kept by the centre's manager. */
export function Catalogue({ part, onPart }: { part: Part; onPart: (part: Part) => void }) {
  const say = useCatalogueWords();
  const narrow = useNarrow();
  return (
    <Page title={say('title')}>
      <Card size="small">
        <Tabs
          size="small"
          activeKey={part}
          destroyOnHidden
          tabBarGutter={narrow ? 16 : 24}
          onChange={(key) => {
            const next = PARTS.find((known) => known === key);
            if (next !== undefined) onPart(next);
          }}
          items={PARTS.map((key) => {
            const Body = BODIES[key];
            return { key, label: say(`tab.${key}`), children: <Body /> };
          })}
        />
      </Card>
    </Page>
  );
}
