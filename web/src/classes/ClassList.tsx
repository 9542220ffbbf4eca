import { PlusOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Button, Card, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import type { Class } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import { useTranslation } from '~/i18n/index.ts';
import { Nothing } from '~/ui/Nothing.tsx';
import { Page } from '~/ui/Page.tsx';
import { AddClass } from './AddClass.tsx';
import { standingOf } from './standing.ts';
import { useClassWords } from './words.ts';

/** Every class the reader may see. */
export function ClassList({ classes, today }: { classes: readonly Class[]; today: string }) {
  const { t } = useTranslation();
  const say = useClassWords();
  const edits = useMay('edit_class');
  const [adding, setAdding] = useState(false);
  const columns: TableColumnsType<Class> = [
    {
      title: t('common.class'),
      render: (_, one) => (
        <Link to="/classes/$classId" params={{ classId: one.id }} style={{ fontWeight: 600 }}>
          {one.name}
        </Link>
      ),
    },
    { title: t('common.institution'), render: (_, one) => one.institution.name },
    { title: say('major'), dataIndex: 'major' },
    { title: say('span'), render: (_, one) => `${one.starts_on} – ${one.ends_on}` },
    { title: t('common.state'), render: (_, one) => say(`standing.${standingOf(one, today)}`) },
    { title: say('students'), align: 'right', dataIndex: 'students' },
    { title: say('enrolled'), align: 'right', render: (_, one) => `${one.enrolled} / ${one.students}` },
    {
      title: t('common.actions'),
      render: (_, one) => (
        <Link to="/classes/$classId/days/$date" params={{ classId: one.id, date: today }}>
          {say('openDay')}
        </Link>
      ),
    },
  ];
  return (
    <Page
      title={say('title')}
      tools={
        edits && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)} data-testid="add-class">
            {say('add')}
          </Button>
        )
      }
    >
      <Card size="small" styles={{ body: { padding: 0 } }}>
        <Table<Class>
          size="small"
          scroll={{ x: 'max-content' }}
          rowKey="id"
          columns={columns}
          dataSource={[...classes]}
          pagination={classes.length > 50 ? { pageSize: 50, size: 'small' } : false}
          locale={{ emptyText: <Nothing what={say('empty')} /> }}
        />
      </Card>
      {adding && <AddClass onClose={() => setAdding(false)} />}
    </Page>
  );
}
