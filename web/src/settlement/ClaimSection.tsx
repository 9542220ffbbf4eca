import { useQuery } from '@tanstack/react-query';
import { Button, Form } from 'antd';
import { useState } from 'react';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import type { Annexes, Class, SubsidyClaim } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import { FileLink } from '~/files/FileLink.tsx';
import { FilePick } from '~/files/FilePick.tsx';
import { useTranslation } from '~/i18n/index.ts';
import { ms, stampOf } from '~/time/zone.ts';
import { FormDialog } from '~/ui/FormDialog.tsx';
import { Loaded } from '~/ui/Loaded.tsx';
import { claimsQuery } from './queries.ts';
import { Empty, Section } from './Section.tsx';
import styles from './settlement.module.css';
import { useSettlementWords } from './words.ts';

const ANNEXES = ['annex6', 'annex7', 'annex8'] as const;

/** R9.4: the institution's claims with their annexes. */
export function ClaimSection({ one }: { one: Class }) {
  const say = useSettlementWords();
  const claims = useMay('apply_closeout');
  const query = useQuery(claimsQuery(one.id));
  const [claiming, setClaiming] = useState(false);
  const newest = query.data?.at(-1);
  return (
    <Section
      id="claims"
      title={say('claims')}
      hint={say('claimsHint')}
      tools={
        claims && (
          <Button size="small" type={newest === undefined ? 'primary' : 'default'} onClick={() => setClaiming(true)} disabled={query.data === undefined} data-testid="claim">
            {say(newest === undefined ? 'claim' : 'claimAgain')}
          </Button>
        )
      }
    >
      <Loaded query={query}>
        {(all) => (all.length === 0 ? <Empty what={say('claimsNone')} /> : all.toReversed().map((claim, n) => <Claim key={claim.id} claim={claim} newest={n === 0} />))}
      </Loaded>
      {claiming && <ClaimDialog classId={one.id} before={newest?.annexes} onClose={() => setClaiming(false)} />}
    </Section>
  );
}

function Claim({ claim, newest }: { claim: SubsidyClaim; newest: boolean }) {
  const { marks } = useTranslation();
  const say = useSettlementWords();
  return (
    <div className={styles.box} data-tone={newest ? 'good' : undefined} data-testid="claimed">
      <span className={styles.quiet}>{say('claimedBy', { name: claim.claimed_by.display_name, at: stampOf(ms(claim.claimed_at)) })}</span>
      {ANNEXES.map((annex) => {
        const file = claim.annexes[`${annex}_file_id`];
        return (
          <div key={annex} className={styles.one}>
            {say(annex)}{marks.colon}{file == null ? <span className={styles.missing}>{say('annexMissing')}</span> : <FileLink id={file} />}
          </div>
        );
      })}
    </div>
  );
}

function ClaimDialog({ classId, before, onClose }: { classId: string; before: Annexes | undefined; onClose: () => void }) {
  const say = useSettlementWords();
  const [form] = Form.useForm<Annexes>();
  return (
    <FormDialog<Annexes>
      title={say('claim')}
      hint={say('claimsHint')}
      form={form}
      initial={before}
      done={say('claimed')}
      ok={say('claim')}
      stale={['classes']}
      onClose={onClose}
      send={(body) => ask(api.POST('/classes/{id}/claims', { params: { path: { id: classId } }, body }))}
    >
      {ANNEXES.map((annex) => (
        <Form.Item key={annex} name={`${annex}_file_id`} label={say(annex)}>
          <FilePick label={say(annex)} />
        </Form.Item>
      ))}
    </FormDialog>
  );
}
