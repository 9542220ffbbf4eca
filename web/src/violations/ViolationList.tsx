import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import type { Violation } from '~/api/schema.d.ts';
import { useMay, useMe } from '~/app/access.ts';
import { dateOf, ms, stampOf } from '~/time/zone.ts';
import { Nothing } from '~/ui/Nothing.tsx';
import { GroundLink } from './GroundLink.tsx';
import { DecideDialog, WithdrawDialog } from './VerdictDialogs.tsx';
import { ViolationTags } from './ViolationTags.tsx';
import styles from './violations.module.css';
import { useViolationWords } from './words.ts';

/** What was charged, the newest first, with what shows it and what was decided. */
export function ViolationList({ violations }: { violations: readonly Violation[] }) {
  const say = useViolationWords();
  if (violations.length === 0) return <Nothing what={say('none')} />;
  return (
    <div className={styles.stack}>
      {violations.toReversed().map((violation) => (
        <Case key={violation.id} violation={violation} />
      ))}
    </div>
  );
}

function Case({ violation }: { violation: Violation }) {
  const say = useViolationWords();
  const me = useMe();
  const confirms = useMay('confirm_violation');
  const [doing, setDoing] = useState<'decide' | 'withdraw' | null>(null);
  const { decision, withdrawal } = violation;
  const outcome = violation.state === 'dismissed' ? 'dismissed' : 'confirmed';
  return (
    <article className={styles.case} data-testid="violation" data-state={violation.state}>
      <div className={styles.caseHead}>
        <b>{say('violation', { date: dateOf(ms(violation.opened_at)) })}</b>
        <ViolationTags violation={violation} />
        {confirms && violation.state === 'open' && (
          <Button size="small" type="primary" onClick={() => setDoing('decide')} data-testid="decide-violation">
            {say('decide')}
          </Button>
        )}
        {me.role === 'manager' && violation.state === 'confirmed' && (
          <Button size="small" onClick={() => setDoing('withdraw')}>
            {say('withdraw')}
          </Button>
        )}
      </div>
      {violation.class != null && (
        <Link to="/classes/$classId" params={{ classId: violation.class.id }} search={{ tab: 'violations' }}>
          {violation.class.name}
        </Link>
      )}
      <ul className={styles.grounds} aria-label={say('grounds')}>
        {violation.grounds.map((ground) => (
          <li key={ground.id}>
            <GroundLink ground={ground} />
          </li>
        ))}
      </ul>
      <div className={styles.word}>{say('openedBy', { name: violation.opened_by.display_name, at: stampOf(ms(violation.opened_at)) })}</div>
      {decision != null && (
        <div className={styles.word}>
          {say('decidedBy', { name: decision.by.display_name, at: stampOf(ms(decision.at)), outcome: say(`outcomes.${outcome}`) })}
          <p>{decision.reason}</p>
        </div>
      )}
      {withdrawal != null && (
        <div className={styles.word}>
          {say('withdrawnBy', { name: withdrawal.by.display_name, at: stampOf(ms(withdrawal.at)) })}
          <p>{withdrawal.reason}</p>
        </div>
      )}
      {doing === 'decide' && <DecideDialog violation={violation} onClose={() => setDoing(null)} />}
      {doing === 'withdraw' && <WithdrawDialog violation={violation} onClose={() => setDoing(null)} />}
    </article>
  );
}
