import { PlusOutlined } from '@ant-design/icons';
import { Button, Card, Flex, Input, Select, Table, Tag, type TableColumnsType } from 'antd';
import { useState } from 'react';
import type { MadeInvitation, Role, User } from '~/api/schema.d.ts';
import { useMe } from '~/app/access.ts';
import { useTranslation } from '~/i18n/index.ts';
import { Nothing } from '~/ui/Nothing.tsx';
import { Page } from '~/ui/Page.tsx';
import { AddUser } from './AddUser.tsx';
import { InvitationLink } from './InvitationLink.tsx';
import { Invitations } from './Invitations.tsx';
import { InviteDialog } from './InviteDialog.tsx';
import { UserActions } from './UserActions.tsx';
import { useUserWords } from './words.ts';

const ROLES = ['supervisor', 'manager', 'auditor', 'institution'] as const satisfies readonly Role[];

function isMeant({ username, display_name, institution, role }: User, search: string, wanted: Role | null): boolean {
  const said = [username, display_name, institution?.name ?? ''].join(' ').toLowerCase();
  return (wanted === null || role === wanted) && said.includes(search.trim().toLowerCase());
}

/** Who may sign in, and who is invited to; for managers of the centre. */
export function UserList({ users }: { users: readonly User[] }) {
  const { t } = useTranslation();
  const say = useUserWords();
  const me = useMe();
  const [open, setOpen] = useState<'add' | 'invite' | null>(null);
  const [made, setMade] = useState<MadeInvitation | null>(null);
  const [search, setSearch] = useState('');
  const [role, setRole] = useState<Role | null>(null);
  const shown = users.filter((user) => isMeant(user, search, role));
  const columns: TableColumnsType<User> = [
    { title: say('username'), render: (_, user) => <code>{user.username}</code> },
    { title: say('displayName'), dataIndex: 'display_name' },
    { title: say('role'), render: (_, user) => t(`role.${user.role}`) },
    { title: t('common.institution'), render: (_, user) => user.institution?.name ?? '—' },
    {
      title: t('common.state'),
      render: (_, user) => (
        <Tag color={user.disabled_at == null ? 'success' : 'default'} variant="filled">
          {say(user.disabled_at == null ? 'active' : 'disabled')}
        </Tag>
      ),
    },
    { title: t('common.actions'), render: (_, user) => user.id !== me.user_id && <UserActions user={user} onMade={setMade} /> },
  ];
  return (
    <Page
      title={say('title')}
      tools={
        <>
          <Button onClick={() => setOpen('add')}>{say('add')}</Button>
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen('invite')} data-testid="invite">
            {say('invite')}
          </Button>
        </>
      }
    >
      <Flex wrap gap={8}>
        <Input.Search allowClear aria-label={say('search')} placeholder={say('search')} onChange={(event) => setSearch(event.target.value)} style={{ width: 240 }} />
        <Select<Role> allowClear aria-label={say('role')} placeholder={say('role')} value={role} onChange={(next: Role | undefined) => setRole(next ?? null)} options={ROLES.map((value) => ({ value, label: t(`role.${value}`) }))} style={{ width: 160 }} />
      </Flex>
      <Card size="small" styles={{ body: { padding: 0 } }}>
        <Table<User>
          size="small"
          rowKey="id"
          columns={columns}
          dataSource={shown}
          showHeader={shown.length > 0}
          scroll={shown.length > 0 ? { x: 'max-content' } : undefined}
          pagination={shown.length > 50 ? { pageSize: 50, size: 'small' } : false}
          locale={{ emptyText: <Nothing what={users.length === 0 ? say('empty') : say('nobody')} /> }}
        />
      </Card>
      <Invitations />
      {open === 'add' && <AddUser onClose={() => setOpen(null)} />}
      {open === 'invite' && <InviteDialog onMade={setMade} onClose={() => setOpen(null)} />}
      {made !== null && <InvitationLink made={made} onClose={() => setMade(null)} />}
    </Page>
  );
}
