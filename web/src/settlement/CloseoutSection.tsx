import { useQuery } from '@tanstack/react-query';
import { Button, Tag } from 'antd';
import { useState } from 'react';
import { studentsQuery } from '~/api/queries.ts';
import type { Class, CloseOut } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import { FileLink } from '~/files/FileLink.tsx';
import { useTranslation } from '~/i18n/index.ts';
import { ms, stampOf } from '~/time/zone.ts';
import { Loaded } from '~/ui/Loaded.tsx';
import { ApplyDialog } from './ApplyDialog.tsx';
import { DecideDialog } from './DecideDialog.tsx';
import { namesOf } from './people.ts';
import { closeoutsQuery } from './queries.ts';
import { Empty, Section } from './Section.tsx';
import styles from './settlement.module.css';
import { useSettlementWords } from './words.ts';

const TONES = { applied: 'wait', accepted: 'good', turned_down: 'bad' } as const;

/** R8.1: applications for close-out, the newest first. */
export function CloseoutSection({ one }: { one: Class }) {
  const say = useSettlementWords();
  const applies = useMay('apply_closeout');
  const query = useQuery(closeoutsQuery(one.id));
  const [applying, setApplying] = useState(false);
  const open = query.data?.every((closeout) => closeout.state === 'turned_down') ?? false;
  return (
    <Section
      id="closeout"
      title={say('closeout')}
      hint={say('closeoutHint')}
      tools={
        applies &&
        open && (
          <Button size="small" type="primary" onClick={() => setApplying(true)} data-testid="apply-closeout">
            {say('apply')}
          </Button>
        )
      }
    >
      <Loaded query={query}>
        {(closeouts) =>
          closeouts.length === 0 ? <Empty what={say('closeoutNone')} /> : closeouts.toReversed().map((closeout) => <Application key={closeout.id} closeout={closeout} one={one} />)
        }
      </Loaded>
      {applying && <ApplyDialog one={one} onClose={() => setApplying(false)} />}
    </Section>
  );
}

function Application({ closeout, one }: { closeout: CloseOut; one: Class }) {
  const { marks } = useTranslation();
  const say = useSettlementWords();
  const decides = useMay('decide_closeout');
  const [deciding, setDeciding] = useState(false);
  const name = namesOf(useQuery(studentsQuery(one.id)).data ?? []);
  const left = closeout.state === 'accepted' ? closeout.pass_list.filter((id) => !closeout.accepted.includes(id)) : [];
  return (
    <div className={styles.box} data-tone={TONES[closeout.state]} data-testid="closeout" data-state={closeout.state}>
      <div className={styles.one}>
        <Tag color={{ applied: 'processing', accepted: 'success', turned_down: 'default' }[closeout.state]} variant="filled">
          {say(`state.${closeout.state}`)}
        </Tag>
        <Tag color={closeout.late ? 'warning' : 'success'} variant="filled">
          {say(closeout.late ? 'late' : 'inTime')}
        </Tag>
        <span className={styles.quiet}>
          {say('appliedOn', { name: closeout.applied_by.display_name, date: closeout.applied_on, due: closeout.due_on })}
          {closeout.due_provisional && say('provisional')}
        </span>
        {decides && closeout.state === 'applied' && (
          <Button size="small" type="primary" onClick={() => setDeciding(true)} data-testid="decide-closeout">
            {say('decide')}
          </Button>
        )}
      </div>
      <div className={styles.one}>
        <FileLink id={closeout.ledger_file_id} /> <FileLink id={closeout.pass_list_file_id} />
      </div>
      <div>
        {say('peopleOn', { count: closeout.pass_list.length })}
        {closeout.state === 'accepted' && ` · ${say('peopleAccepted', { count: closeout.accepted.length })}`}
        {left.length > 0 && <span className={styles.missing}>（−{left.map(name).join(marks.list)}）</span>}
      </div>
      {closeout.decided_at != null && (
        <div className={styles.quiet}>
          {say('decidedBy', { name: closeout.decided_by?.display_name ?? '', at: stampOf(ms(closeout.decided_at)) })}
          {closeout.reason != null && `${marks.colon}${closeout.reason}`}
        </div>
      )}
      {deciding && <DecideDialog closeout={closeout} name={name} onClose={() => setDeciding(false)} />}
    </div>
  );
}
