import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { sessionsQuery } from '~/api/queries.ts';
import type { Class, Session } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import { useTranslation } from '~/i18n/index.ts';
import { minuteOf, ms } from '~/time/zone.ts';
import { Loaded } from '~/ui/Loaded.tsx';
import { Nothing } from '~/ui/Nothing.tsx';
import { AddSession } from './AddSession.tsx';
import { useClassWords } from './words.ts';

/** The class's teaching sessions, newest first, each leading to its day. */
export function SessionTable({ one }: { one: Class }) {
  const { t } = useTranslation();
  const say = useClassWords();
  const query = useQuery(sessionsQuery(one.id));
  const edits = useMay('edit_class');
  const [adding, setAdding] = useState(false);
  const columns: TableColumnsType<Session> = [
    {
      title: t('common.date'),
      render: (_, session) => (
        <Link to="/classes/$classId/days/$date" params={{ classId: one.id, date: session.date }}>
          {session.date}
        </Link>
      ),
    },
    { title: t('common.time'), render: (_, session) => `${minuteOf(ms(session.starts_at))}–${minuteOf(ms(session.ends_at))}` },
    { title: t('common.venue'), render: (_, session) => session.venue.name },
  ];
  return (
    <>
      {edits && (
        <div style={{ marginBottom: 10 }}>
          <Button icon={<PlusOutlined />} onClick={() => setAdding(true)}>
            {say('addSession')}
          </Button>
        </div>
      )}
      <Loaded query={query}>
        {(sessions) => (
          <Table<Session>
            size="small"
            rowKey="id"
            columns={columns}
            dataSource={sessions.toSorted((a, b) => b.starts_at.localeCompare(a.starts_at))}
            pagination={sessions.length > 30 ? { pageSize: 30, size: 'small' } : false}
            locale={{ emptyText: <Nothing what={say('sessionsEmpty')} /> }}
          />
        )}
      </Loaded>
      {adding && <AddSession one={one} onClose={() => setAdding(false)} />}
    </>
  );
}
