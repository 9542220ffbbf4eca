import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, Modal, Popconfirm, Select, Table, Tag, Typography, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import { venuesQuery } from '~/api/queries.ts';
import type { Class, Device, NewDevice, RegisteredDevice } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import { useMessages } from '~/app/messages.tsx';
import { useTell } from '~/app/useProblem.ts';
import { ms, stampOf } from '~/time/zone.ts';
import { FormDialog } from '~/ui/FormDialog.tsx';
import { Loaded } from '~/ui/Loaded.tsx';
import { Nothing } from '~/ui/Nothing.tsx';
import styles from './attendance.module.css';
import { devicesQuery } from './queries.ts';
import { useAttendanceWords } from './words.ts';

/** R7.3a: the check-in devices of the institution's classrooms. */
export function DevicePart({ one }: { one: Class }) {
  const { t } = useTranslation();
  const say = useAttendanceWords();
  const edits = useMay('edit_device');
  const query = useQuery(devicesQuery);
  const [registering, setRegistering] = useState(false);
  const [made, setMade] = useState<RegisteredDevice | null>(null);
  const columns: TableColumnsType<Device> = [
    { title: say('deviceName'), dataIndex: 'name' },
    { title: t('common.venue'), render: (_, device) => device.venue.name },
    { title: say('lastSeen'), render: (_, device) => (device.last_seen_at == null ? say('never') : stampOf(ms(device.last_seen_at))) },
    {
      title: t('common.state'),
      render: (_, device) => (device.withdrawn_at == null ? edits && <Withdraw device={device} /> : <Tag variant="filled">{say('withdrawn')}</Tag>),
    },
  ];
  return (
    <>
      {edits && (
        <div className={styles.bar}>
          <Button onClick={() => setRegistering(true)} data-testid="register-device">
            {say('register')}
          </Button>
        </div>
      )}
      <Loaded query={query}>
        {(devices) => (
          <Table<Device>
            size="small"
            rowKey="id"
            columns={columns}
            dataSource={devices.filter((device) => device.institution_id === one.institution.id)}
            scroll={{ x: 'max-content' }}
            pagination={false}
            locale={{ emptyText: <Nothing what={say('devicesNone')} /> }}
          />
        )}
      </Loaded>
      {registering && <Register one={one} onMade={setMade} onClose={() => setRegistering(false)} />}
      {made !== null && (
        <Modal open title={`${say('token')} · ${made.device.name}`} footer={<Button type="primary" onClick={() => setMade(null)}>{t('common.yes')}</Button>} onCancel={() => setMade(null)}>
          <p>{say('tokenHint')}</p>
          <Typography.Text code copyable style={{ wordBreak: 'break-all' }}>
            {made.token}
          </Typography.Text>
        </Modal>
      )}
    </>
  );
}

function Register({ one, onMade, onClose }: { one: Class; onMade: (made: RegisteredDevice) => void; onClose: () => void }) {
  const { t } = useTranslation();
  const say = useAttendanceWords();
  const [form] = Form.useForm<NewDevice>();
  const venues = useQuery(venuesQuery).data?.filter((venue) => venue.institution.id === one.institution.id) ?? [];
  const needed = [{ required: true, message: t('common.required') }];
  return (
    <FormDialog<NewDevice>
      title={say('register')}
      form={form}
      done={say('registerDone')}
      stale={['devices']}
      onClose={onClose}
      send={async (body) => onMade(await ask(api.POST('/devices', { body })))}
    >
      <Form.Item name="venue_id" label={t('common.venue')} rules={needed}>
        <Select options={venues.map((venue) => ({ value: venue.id, label: venue.name }))} />
      </Form.Item>
      <Form.Item name="name" label={say('deviceName')} rules={needed}>
        <Input maxLength={100} />
      </Form.Item>
    </FormDialog>
  );
}

function Withdraw({ device }: { device: Device }) {
  const { t } = useTranslation();
  const say = useAttendanceWords();
  const client = useQueryClient();
  const message = useMessages();
  const tell = useTell();
  const withdraw = useMutation({
    mutationFn: () => ask(api.DELETE('/devices/{id}', { params: { path: { id: device.id } } })),
    onSuccess: async () => {
      message.success(say('withdrawn'));
      await client.invalidateQueries({ queryKey: ['devices'] });
    },
    onError: tell,
  });
  return (
    <Popconfirm title={say('withdrawSure', { name: device.name })} okText={say('withdraw')} cancelText={t('common.cancel')} onConfirm={() => withdraw.mutate()}>
      <Button size="small" loading={withdraw.isPending}>
        {say('withdraw')}
      </Button>
    </Popconfirm>
  );
}
