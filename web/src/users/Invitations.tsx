import { useInfiniteQuery } from '@tanstack/react-query';
import { Card, Table, type TableColumnsType } from 'antd';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import type { Invitation } from '~/api/schema.d.ts';
import { useNow } from '~/app/clock.ts';
import { useTranslation } from '~/i18n/index.ts';
import { ms, stampOf } from '~/time/zone.ts';
import { Loaded } from '~/ui/Loaded.tsx';
import { More } from '~/ui/More.tsx';
import { Nothing } from '~/ui/Nothing.tsx';
import { invitationsQuery } from './queries.ts';
import { SureButton } from './SureButton.tsx';
import { useUserWords } from './words.ts';

/** Invitations whose links are still good. */
export function Invitations() {
  const { t } = useTranslation();
  const say = useUserWords();
  const now = useNow();
  const query = useInfiniteQuery(invitationsQuery);
  const columns: TableColumnsType<Invitation> = [
    { title: say('displayName'), dataIndex: 'display_name' },
    { title: say('kind'), render: (_, one) => (one.resets == null ? say('kindNew') : say('kindReset', { username: one.resets })) },
    { title: say('role'), render: (_, one) => t(`role.${one.role}`) },
    { title: t('common.institution'), render: (_, one) => one.institution?.name ?? '—' },
    { title: say('by'), render: (_, one) => one.created_by.display_name },
    { title: say('until'), render: (_, one) => stampOf(ms(one.expires_at)) },
    {
      title: t('common.actions'),
      render: (_, one) => (
        <SureButton
          label={say('withdraw')}
          sure={say('withdrawSure', { name: one.display_name })}
          done={say('withdrawn')}
          danger
          stale="invitations"
          act={() => ask(api.DELETE('/invitations/{id}', { params: { path: { id: one.id } } }))}
        />
      ),
    },
  ];
  return (
    <Card size="small" title={say('invitations')} styles={{ body: { padding: 0 } }} data-testid="invitations">
      <Loaded query={query}>
        {(invitations) => {
          const open = invitations.filter((one) => isOpen(one, now));
          return (
            <Table<Invitation>
              size="small"
              rowKey="id"
              columns={columns}
              dataSource={open}
              showHeader={open.length > 0}
              scroll={open.length > 0 ? { x: 'max-content' } : undefined}
              pagination={false}
              locale={{ emptyText: <Nothing what={say('invitationsEmpty')} /> }}
            />
          );
        }}
      </Loaded>
      <More paged={query} />
    </Card>
  );
}

function isOpen(invitation: Invitation, now: number): boolean {
  return invitation.accepted_at == null && invitation.withdrawn_at == null && ms(invitation.expires_at) > now;
}
