import { Card } from 'antd';
import type { Conduct } from '~/api/schema.d.ts';
import { Columns, Page } from '~/ui/Page.tsx';
import { Ladder } from './Ladder.tsx';
import { Teaching } from './Teaching.tsx';
import { ViolationList } from './ViolationList.tsx';
import { useViolationWords } from './words.ts';

/** How an institution stands: what was charged, and what it brings on. */
export function ConductView({ conduct, onBack }: { conduct: Conduct; onBack: () => void }) {
  const say = useViolationWords();
  return (
    <Page title={conduct.institution.name} sub={<Teaching conduct={conduct} />} onBack={onBack}>
      <Columns
        main={
          <Card size="small" title={say('violations')}>
            <ViolationList violations={conduct.violations} />
          </Card>
        }
        side={
          <Card size="small" title={say('ladder')}>
            <Ladder measures={conduct.measures} suspensions={conduct.suspensions} />
            <p style={{ margin: '10px 0 0', fontSize: 12.5, color: 'var(--quiet)' }}>{say('rule')}</p>
          </Card>
        }
      />
    </Page>
  );
}
