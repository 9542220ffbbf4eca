import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import type { Class } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import { Loaded } from '~/ui/Loaded.tsx';
import { ChargeDialog } from './ChargeDialog.tsx';
import { Ladder } from './Ladder.tsx';
import { ofClass } from './ladder.ts';
import { conductQuery } from './queries.ts';
import { Teaching } from './Teaching.tsx';
import { ViolationList } from './ViolationList.tsx';
import styles from './violations.module.css';
import { useViolationWords } from './words.ts';

/** What was charged in a class, and what it brought on for its institution (R7.5). */
export function ViolationTab({ one }: { one: Class }) {
  const say = useViolationWords();
  const confirms = useMay('confirm_violation');
  const [charging, setCharging] = useState(false);
  const query = useQuery(conductQuery(one.institution.id));
  return (
    <Loaded query={query}>
      {(conduct) => {
        const { violations, measures, suspensions } = ofClass(conduct, one.id);
        return (
          <div className={styles.stack}>
            <div className={styles.caseHead}>
              <Teaching conduct={conduct} />
              <Link to="/violations/$institutionId" params={{ institutionId: one.institution.id }}>
                {say('open')}
              </Link>
              {confirms && (
                <Button type="primary" onClick={() => setCharging(true)} data-testid="charge">
                  {say('charge')}
                </Button>
              )}
            </div>
            <ViolationList violations={violations} />
            {measures.length > 0 && <Ladder measures={measures} suspensions={suspensions} />}
            {charging && <ChargeDialog classId={one.id} violations={conduct.violations} onClose={() => setCharging(false)} />}
          </div>
        );
      }}
    </Loaded>
  );
}
