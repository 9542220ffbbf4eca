import { useQuery } from '@tanstack/react-query';
import { Button, Card, Flex, Form, Tag } from 'antd';
import { useState } from 'react';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import type { BegunSecondFactor, FullReassurance, Reassurance, RecoveryCodes, SecondFactor } from '~/api/schema.d.ts';
import { ms, stampOf } from '~/time/zone.ts';
import { FormDialog } from '~/ui/FormDialog.tsx';
import { Loaded } from '~/ui/Loaded.tsx';
import { OnceShown } from '~/ui/OnceShown.tsx';
import { ConfirmDialog } from './ConfirmDialog.tsx';
import { CodeField, PasswordField } from './fields.tsx';
import { secondFactorQuery } from './queries.ts';
import { useAccountWords } from './words.ts';

type Act = 'begin' | 'renew' | 'remove';

/** One's own second factor: codes by time of a device that one has. */
export function SecondFactorPart() {
  const say = useAccountWords();
  const query = useQuery(secondFactorQuery);
  const [act, setAct] = useState<Act | null>(null);
  const [begun, setBegun] = useState<BegunSecondFactor | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const take = ({ recovery_codes }: RecoveryCodes) => setCodes(recovery_codes);
  const close = () => setAct(null);
  return (
    <Card size="small" title={say('factor')}>
      <Loaded query={query}>{(factor) => <Standing factor={factor} onAct={setAct} />}</Loaded>
      {act === 'begin' && <BeginDialog onBegun={setBegun} onClose={close} />}
      {begun !== null && <ConfirmDialog begun={begun} onCodes={take} onClose={() => setBegun(null)} />}
      {(act === 'renew' || act === 'remove') && <ProofDialog act={act} onCodes={take} onClose={close} />}
      {codes !== null && <OnceShown title={say('codes')} hint={say('codesHint')} lines={codes} kept={say('kept')} onClose={() => setCodes(null)} />}
    </Card>
  );
}

function Standing({ factor, onAct }: { factor: SecondFactor; onAct: (act: Act) => void }) {
  const say = useAccountWords();
  return (
    <Flex wrap align="center" gap={10}>
      {factor.on_since == null ? (
        <>
          <Tag variant="filled">{say('factorOff')}</Tag>
          <span>{say(factor.required ? 'factorRequired' : 'factorHint')}</span>
          <Button type="primary" style={{ marginInlineStart: 'auto' }} onClick={() => onAct('begin')} data-testid="begin-factor">
            {say('factorBegin')}
          </Button>
        </>
      ) : (
        <>
          <Tag color="success" variant="filled">
            {say('factorOn')}
          </Tag>
          <span>{say('factorSince', { at: stampOf(ms(factor.on_since)), count: factor.recovery_codes })}</span>
          <Flex gap={8} style={{ marginInlineStart: 'auto' }}>
            <Button onClick={() => onAct('renew')}>{say('codesRenew')}</Button>
            <Button danger onClick={() => onAct('remove')}>
              {say('factorRemove')}
            </Button>
          </Flex>
        </>
      )}
    </Flex>
  );
}

function BeginDialog({ onBegun, onClose }: { onBegun: (begun: BegunSecondFactor) => void; onClose: () => void }) {
  const say = useAccountWords();
  const [form] = Form.useForm<Reassurance>();
  return (
    <FormDialog<Reassurance>
      title={say('factorBegin')}
      form={form}
      done={say('factorBegun')}
      ok={say('next')}
      stale={[]}
      onClose={onClose}
      send={async (body) => onBegun(await ask(api.POST('/me/second-factor', { body })))}
    >
      <PasswordField />
    </FormDialog>
  );
}

/** What asks for both password and code: new recovery codes, and the end of the second factor. */
function ProofDialog({ act, onCodes, onClose }: { act: 'renew' | 'remove'; onCodes: (codes: RecoveryCodes) => void; onClose: () => void }) {
  const say = useAccountWords();
  const [form] = Form.useForm<FullReassurance>();
  const renews = act === 'renew';
  return (
    <FormDialog<FullReassurance>
      title={say(renews ? 'codesRenew' : 'factorRemove')}
      hint={say(renews ? 'codesRenewHint' : 'factorRemoveHint')}
      form={form}
      done={say(renews ? 'codesRenewed' : 'factorRemoved')}
      ok={say(renews ? 'codesRenew' : 'factorRemove')}
      stale={['second-factor', 'me']}
      onClose={onClose}
      send={async (body) => {
        if (renews) onCodes(await ask(api.POST('/me/second-factor/recovery-codes', { body })));
        else await ask(api.POST('/me/second-factor/removal', { body }));
      }}
    >
      <PasswordField />
      <CodeField label={say('codeOrRecovery')} />
    </FormDialog>
  );
}
