import { PlusOutlined } from '@ant-design/icons';
import { Button, Card, Table, Tag, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { User } from '~/api/schema.d.ts';
import { Nothing } from '~/ui/Nothing.tsx';
import { Page } from '~/ui/Page.tsx';
import { AddUser } from './AddUser.tsx';

/** Who may sign in; for managers of the centre. */
export function UserList({ users }: { users: readonly User[] }) {
  const { t } = useTranslation();
  const [adding, setAdding] = useState(false);
  const columns: TableColumnsType<User> = [
    { title: t('users.username'), render: (_, user) => <code>{user.username}</code> },
    { title: t('users.displayName'), dataIndex: 'display_name' },
    { title: t('users.role'), render: (_, user) => t(`role.${user.role}`) },
    { title: t('common.institution'), render: (_, user) => user.institution?.name ?? '—' },
    {
      title: t('common.state'),
      render: (_, user) => (
        <Tag color={user.disabled_at == null ? 'success' : 'default'} variant="filled">
          {t(user.disabled_at == null ? 'users.active' : 'users.disabled')}
        </Tag>
      ),
    },
  ];
  return (
    <Page
      title={t('users.title')}
      tools={
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
          {t('users.add')}
        </Button>
      }
    >
      <Card size="small" styles={{ body: { padding: 0 } }}>
        <Table<User> size="small" rowKey="id" columns={columns} dataSource={[...users]} pagination={false} locale={{ emptyText: <Nothing what={t('users.empty')} /> }} />
      </Card>
      {adding && <AddUser onClose={() => setAdding(false)} />}
    </Page>
  );
}
