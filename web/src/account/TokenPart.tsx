import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Popconfirm, Table, Tag, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import type { ApiToken, MadeApiToken } from '~/api/schema.d.ts';
import { useNow } from '~/app/clock.ts';
import { useMessages } from '~/app/messages.tsx';
import { useTell } from '~/app/useProblem.ts';
import { useTranslation } from '~/i18n/index.ts';
import { ms, stampOf } from '~/time/zone.ts';
import { Loaded } from '~/ui/Loaded.tsx';
import { More } from '~/ui/More.tsx';
import { Nothing } from '~/ui/Nothing.tsx';
import { OnceShown } from '~/ui/OnceShown.tsx';
import { MakeToken } from './MakeToken.tsx';
import { tokensQuery } from './queries.ts';
import { useAccountWords } from './words.ts';

/** Tokens for programs that act in the person's name. */
export function TokenPart() {
  const { marks, t } = useTranslation();
  const say = useAccountWords();
  const now = useNow();
  const query = useInfiniteQuery(tokensQuery);
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<MadeApiToken | null>(null);
  const columns: TableColumnsType<ApiToken> = [
    { title: say('tokenName'), dataIndex: 'name' },
    { title: say('tokenScopes'), render: (_, token) => token.scopes.map((scope) => say(`action.${scope}`)).join(marks.list) },
    { title: say('tokenMade'), render: (_, token) => stampOf(ms(token.created_at)) },
    { title: say('tokenUsed'), render: (_, token) => (token.last_used_at == null ? say('tokenNever') : stampOf(ms(token.last_used_at))) },
    { title: t('common.state'), render: (_, token) => <TokenState token={token} now={now} /> },
    { title: t('common.actions'), render: (_, token) => isGood(token, now) && <Revoke token={token} /> },
  ];
  return (
    <Card
      size="small"
      title={say('tokens')}
      extra={
        <Button onClick={() => setMaking(true)} data-testid="make-token">
          {say('tokenMake')}
        </Button>
      }
    >
      <p style={{ marginTop: 0, color: 'var(--quiet)' }}>{say('tokensHint')}</p>
      <Loaded query={query}>
        {(tokens) => (
          <Table<ApiToken>
            size="small"
            rowKey="id"
            columns={columns}
            dataSource={tokens}
            showHeader={tokens.length > 0}
            scroll={tokens.length > 0 ? { x: 720 } : undefined}
            pagination={false}
            locale={{ emptyText: <Nothing what={say('tokensEmpty')} /> }}
          />
        )}
      </Loaded>
      <More paged={query} />
      {making && <MakeToken onMade={setMade} onClose={() => setMaking(false)} />}
      {made !== null && <OnceShown title={`${say('token')} · ${made.token.name}`} hint={say('tokenHint')} lines={[made.secret]} kept={say('kept')} onClose={() => setMade(null)} />}
    </Card>
  );
}

function isGood(token: ApiToken, now: number): boolean {
  return token.revoked_at == null && ms(token.expires_at) > now;
}

function TokenState({ token, now }: { token: ApiToken; now: number }) {
  const say = useAccountWords();
  const words = token.revoked_at == null ? say(isGood(token, now) ? 'tokenGood' : 'tokenExpired', { at: stampOf(ms(token.expires_at)) }) : say('tokenRevoked', { at: stampOf(ms(token.revoked_at)) });
  return (
    <Tag color={isGood(token, now) ? 'success' : 'default'} variant="filled">
      {words}
    </Tag>
  );
}

function Revoke({ token }: { token: ApiToken }) {
  const say = useAccountWords();
  const message = useMessages();
  const client = useQueryClient();
  const tell = useTell();
  const revoke = useMutation({
    mutationFn: () => ask(api.DELETE('/tokens/{id}', { params: { path: { id: token.id } } })),
    onSuccess: async () => {
      message.success(say('tokenGone'));
      await client.invalidateQueries({ queryKey: ['tokens'] });
    },
    onError: tell,
  });
  return (
    <Popconfirm title={say('tokenRevokeSure', { name: token.name })} okText={say('tokenRevoke')} onConfirm={() => revoke.mutate()} styles={{ root: { maxWidth: 340 } }}>
      <Button size="small" danger loading={revoke.isPending}>
        {say('tokenRevoke')}
      </Button>
    </Popconfirm>
  );
}
