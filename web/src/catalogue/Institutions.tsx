import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Form, Input, Space, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import { institutionsQuery } from '~/api/queries.ts';
import type { InstitutionName, InstitutionRef } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import { useTranslation } from '~/i18n/index.ts';
import { FormDialog } from '~/ui/FormDialog.tsx';
import { Loaded } from '~/ui/Loaded.tsx';
import { Nothing } from '~/ui/Nothing.tsx';
import { Bar } from './Bar.tsx';
import { useCatalogueWords } from './words.ts';

/** The institutions that the reader may see. */
export function Institutions() {
  const { t } = useTranslation();
  const say = useCatalogueWords();
  const edits = useMay('edit_catalogue');
  const reads = useMay('read_supervision');
  const query = useQuery(institutionsQuery);
  const [naming, setNaming] = useState<InstitutionRef | 'new' | null>(null);
  const columns: TableColumnsType<InstitutionRef> = [
    { title: say('institutionName'), dataIndex: 'name' },
    {
      title: t('common.actions'),
      render: (_, one) => (
        <Space>
          {reads && (
            <Link to="/violations/$institutionId" params={{ institutionId: one.id }}>
              {say('conduct')}
            </Link>
          )}
          {edits && (
            <Button size="small" onClick={() => setNaming(one)}>
              {say('institutionRename')}
            </Button>
          )}
        </Space>
      ),
    },
  ];
  return (
    <>
      <Bar>
        {edits && (
          <Button type="primary" onClick={() => setNaming('new')} data-testid="add-institution">
            {say('institutionAdd')}
          </Button>
        )}
      </Bar>
      <Loaded query={query}>
        {(all) => (
          <Table<InstitutionRef>
            size="small"
            rowKey="id"
            columns={columns}
            dataSource={[...all]}
            showHeader={all.length > 0}
            scroll={all.length > 0 ? { x: 'max-content' } : undefined}
            pagination={{ pageSize: 50, size: 'small', hideOnSinglePage: true }}
            locale={{ emptyText: <Nothing what={say('institutionsEmpty')} /> }}
          />
        )}
      </Loaded>
      {naming !== null && <NameDialog one={naming === 'new' ? null : naming} onClose={() => setNaming(null)} />}
    </>
  );
}

function NameDialog({ one, onClose }: { one: InstitutionRef | null; onClose: () => void }) {
  const { t } = useTranslation();
  const say = useCatalogueWords();
  const [form] = Form.useForm<InstitutionName>();
  return (
    <FormDialog<InstitutionName>
      title={say(one === null ? 'institutionAdd' : 'institutionRename')}
      form={form}
      initial={one === null ? undefined : { name: one.name }}
      done={say(one === null ? 'institutionAdded' : 'institutionRenamed')}
      stale={['institutions', 'classes', 'venues', 'cameras']}
      onClose={onClose}
      send={(body): Promise<unknown> => (one === null ? ask(api.POST('/institutions', { body })) : ask(api.PATCH('/institutions/{id}', { params: { path: { id: one.id } }, body })))}
    >
      <Form.Item name="name" label={say('institutionName')} rules={[{ required: true, whitespace: true, message: t('common.required') }]}>
        <Input maxLength={200} />
      </Form.Item>
    </FormDialog>
  );
}
