import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Select, Skeleton, Space, Table, Tag, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import { institutionsQuery, venuesQuery } from '~/api/queries.ts';
import type { NewVenue, Venue, VenueApproval } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import { FileLink } from '~/files/FileLink.tsx';
import { useTranslation } from '~/i18n/index.ts';
import { FormDialog } from '~/ui/FormDialog.tsx';
import { Loaded } from '~/ui/Loaded.tsx';
import { Nothing } from '~/ui/Nothing.tsx';
import { Bar } from './Bar.tsx';
import { venueApprovalsQuery } from './queries.ts';
import { ApproveDialog, WithdrawDialog } from './VenueDialogs.tsx';
import { useCatalogueWords } from './words.ts';

/** Classrooms, and whether the bureau verified them (R1.2). */
export function Venues() {
  const { t } = useTranslation();
  const say = useCatalogueWords();
  const adds = useMay('edit_class');
  const query = useQuery(venuesQuery);
  const [adding, setAdding] = useState(false);
  const columns: TableColumnsType<Venue> = [
    { title: say('venueName'), dataIndex: 'name' },
    { title: t('common.institution'), render: (_, venue) => venue.institution.name },
    { title: say('venueApprovals'), render: (_, venue) => <Approvals venue={venue} /> },
  ];
  return (
    <>
      <Bar hint={say('venuesHint')}>
        {adds && (
          <Button type="primary" onClick={() => setAdding(true)}>
            {say('venueAdd')}
          </Button>
        )}
      </Bar>
      <Loaded query={query}>
        {(venues) => (
          <Table<Venue>
            size="small"
            rowKey="id"
            columns={columns}
            dataSource={[...venues]}
            showHeader={venues.length > 0}
            scroll={venues.length > 0 ? { x: 'max-content' } : undefined}
            pagination={{ pageSize: 20, size: 'small', hideOnSinglePage: true }}
            locale={{ emptyText: <Nothing what={say('venuesEmpty')} /> }}
          />
        )}
      </Loaded>
      {adding && <AddVenue onClose={() => setAdding(false)} />}
    </>
  );
}

function Approvals({ venue }: { venue: Venue }) {
  const say = useCatalogueWords();
  const edits = useMay('edit_catalogue');
  const query = useQuery(venueApprovalsQuery(venue.id));
  const [approving, setApproving] = useState(false);
  const [withdrawing, setWithdrawing] = useState<VenueApproval | null>(null);
  return (
    <>
      {query.data === undefined && !query.isError ? (
        <Skeleton.Button size="small" active />
      ) : (
        <Loaded query={query}>
          {(approvals) => (
            <Space orientation="vertical" size={4}>
              {approvals.map((approval) => (
                <Space key={approval.id} wrap>
                  <Tag color={approval.withdrawn_on == null ? 'success' : 'default'} variant="filled">
                    {say('approved', { date: approval.approved_on })}
                  </Tag>
                  <FileLink id={approval.file_id} />
                  {approval.withdrawn_on != null && say('withdrawn', { date: approval.withdrawn_on, reason: approval.withdrawn_because ?? '' })}
                  {edits && approval.withdrawn_on == null && (
                    <Button size="small" onClick={() => setWithdrawing(approval)}>
                      {say('withdraw')}
                    </Button>
                  )}
                </Space>
              ))}
              <Space>
                {approvals.every((approval) => approval.withdrawn_on != null) && <Tag color="warning" variant="filled">{say('notApproved')}</Tag>}
                {edits && (
                  <Button size="small" onClick={() => setApproving(true)}>
                    {say('approve')}
                  </Button>
                )}
              </Space>
            </Space>
          )}
        </Loaded>
      )}
      {approving && <ApproveDialog venue={venue} onClose={() => setApproving(false)} />}
      {withdrawing !== null && <WithdrawDialog approval={withdrawing} onClose={() => setWithdrawing(null)} />}
    </>
  );
}

function AddVenue({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const say = useCatalogueWords();
  const institutions = useQuery(institutionsQuery).data;
  const [form] = Form.useForm<NewVenue>();
  const needed = [{ required: true, message: t('common.required') }];
  return (
    <FormDialog<NewVenue> title={say('venueAdd')} form={form} done={say('venueAdded')} stale={['venues']} onClose={onClose} send={(body) => ask(api.POST('/venues', { body }))}>
      <Form.Item name="institution_id" label={t('common.institution')} rules={needed}>
        <Select showSearch={{ optionFilterProp: 'label' }} options={institutions?.map((one) => ({ value: one.id, label: one.name }))} />
      </Form.Item>
      <Form.Item name="name" label={say('venueName')} rules={needed}>
        <Input maxLength={200} />
      </Form.Item>
    </FormDialog>
  );
}
