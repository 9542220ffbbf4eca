import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form, Input, Modal, Popconfirm, Table, Tag, Typography, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import type { Device, NewDevice, RegisteredDevice } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import { useMessages } from '~/app/messages.tsx';
import { useTell } from '~/app/useProblem.ts';
import { VenuePick } from '~/cameras/VenuePick.tsx';
import { useTranslation } from '~/i18n/index.ts';
import { ms, stampOf } from '~/time/zone.ts';
import { FormDialog } from '~/ui/FormDialog.tsx';
import { Loaded } from '~/ui/Loaded.tsx';
import { Nothing } from '~/ui/Nothing.tsx';
import { Bar } from './Bar.tsx';
import { devicesQuery } from './queries.ts';
import { useCatalogueWords } from './words.ts';

/** R7.3a: the check-in devices of the classrooms, of one institution's where it is named. */
export function Devices({ institution }: { institution?: string }) {
  const { t } = useTranslation();
  const say = useCatalogueWords();
  const edits = useMay('edit_device');
  const query = useQuery(devicesQuery);
  const [adding, setAdding] = useState(false);
  const [made, setMade] = useState<RegisteredDevice | null>(null);
  const columns: TableColumnsType<Device> = [
    { title: say('deviceName'), dataIndex: 'name' },
    { title: t('common.venue'), render: (_, device) => device.venue.name },
    { title: say('deviceSeen'), render: (_, device) => (device.last_seen_at == null ? say('deviceNever') : stampOf(ms(device.last_seen_at))) },
    {
      title: t('common.state'),
      render: (_, device) => (
        <Tag color={device.withdrawn_at == null ? 'success' : 'default'} variant="filled">
          {device.withdrawn_at == null ? say('deviceActive') : say('deviceWithdrawn', { at: stampOf(ms(device.withdrawn_at)) })}
        </Tag>
      ),
    },
    ...(edits ? [{ title: t('common.actions'), render: (_: unknown, device: Device) => device.withdrawn_at == null && <WithdrawDevice device={device} /> }] : []),
  ];
  return (
    <>
      <Bar>
        {edits && (
          <Button type="primary" onClick={() => setAdding(true)} data-testid="add-device">
            {say('deviceAdd')}
          </Button>
        )}
      </Bar>
      <Loaded query={query}>
        {(devices) => (
          <Table<Device>
            size="small"
            rowKey="id"
            columns={columns}
            dataSource={devices.filter((device) => institution === undefined || device.institution_id === institution)}
            showHeader={devices.length > 0}
            scroll={devices.length > 0 ? { x: 'max-content' } : undefined}
            pagination={{ pageSize: 50, size: 'small', hideOnSinglePage: true }}
            locale={{ emptyText: <Nothing what={say('devicesEmpty')} /> }}
          />
        )}
      </Loaded>
      {adding && <Register onMade={setMade} onClose={() => setAdding(false)} />}
      {made !== null && <Token made={made} onClose={() => setMade(null)} />}
    </>
  );
}

function WithdrawDevice({ device }: { device: Device }) {
  const say = useCatalogueWords();
  const message = useMessages();
  const client = useQueryClient();
  const tell = useTell();
  const withdraw = useMutation({
    mutationFn: () => ask(api.DELETE('/devices/{id}', { params: { path: { id: device.id } } })),
    onSuccess: async () => {
      message.success(say('deviceGone'));
      await client.invalidateQueries({ queryKey: ['devices'] });
    },
    onError: tell,
  });
  return (
    <Popconfirm title={say('deviceWithdrawSure', { name: device.name })} okText={say('deviceWithdraw')} onConfirm={() => withdraw.mutate()} styles={{ root: { maxWidth: 340 } }}>
      <Button size="small" danger loading={withdraw.isPending}>
        {say('deviceWithdraw')}
      </Button>
    </Popconfirm>
  );
}

function Register({ onMade, onClose }: { onMade: (made: RegisteredDevice) => void; onClose: () => void }) {
  const { t } = useTranslation();
  const say = useCatalogueWords();
  const [form] = Form.useForm<NewDevice>();
  const needed = [{ required: true, message: t('common.required') }];
  return (
    <FormDialog<NewDevice>
      title={say('deviceAdd')}
      form={form}
      done={say('deviceAdd')}
      stale={['devices']}
      onClose={onClose}
      send={async (body) => onMade(await ask(api.POST('/devices', { body })))}
    >
      <Form.Item name="venue_id" label={t('common.venue')} rules={needed}>
        <VenuePick />
      </Form.Item>
      <Form.Item name="name" label={say('deviceName')} rules={needed}>
        <Input maxLength={100} />
      </Form.Item>
    </FormDialog>
  );
}

/** The token, this once. It is closed by saying that one has it, not by a click beside it. */
function Token({ made, onClose }: { made: RegisteredDevice; onClose: () => void }) {
  const say = useCatalogueWords();
  return (
    <Modal
      open
      title={`${say('deviceToken')} · ${made.device.name}`}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      footer={
        <Button type="primary" onClick={onClose}>
          {say('deviceTokenKept')}
        </Button>
      }
    >
      <Alert type="warning" showIcon title={say('deviceTokenHint', { kiosk: `${location.origin}/kiosk` })} style={{ marginBottom: 12 }} />
      <Typography.Text copyable code style={{ wordBreak: 'break-all' }} data-testid="device-token">
        {made.token}
      </Typography.Text>
    </Modal>
  );
}
