import { DeleteOutlined, EditOutlined, PlusOutlined } from '@ant-design/icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Card, Popconfirm, Space, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import type { Camera } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import { useMessages } from '~/app/messages.tsx';
import { useTell } from '~/app/useProblem.ts';
import { useTranslation } from '~/i18n/index.ts';
import { useLiveWords } from '~/live/words.ts';
import { bitrate } from '~/time/amounts.ts';
import { ms, stampOf } from '~/time/zone.ts';
import { CameraStateTag } from '~/ui/CameraStateTag.tsx';
import { causeKey } from '~/ui/cameraWords.ts';
import { Nothing } from '~/ui/Nothing.tsx';
import { Page } from '~/ui/Page.tsx';
import { CameraDrawer } from './CameraDrawer.tsx';
import { useCameraWords } from './words.ts';

/** Every camera with how it does; those who may also change them here. */
export function CameraList({ cameras }: { cameras: readonly Camera[] }) {
  const say = useCameraWords();
  const edits = useMay('edit_camera');
  const [editing, setEditing] = useState<Camera | 'new' | null>(null);
  const add = edits && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setEditing('new')} data-testid="add-camera">
      {say('add')}
    </Button>
  );
  return (
    <Page title={say('title')} tools={add}>
      <Card size="small" styles={{ body: { padding: 0 } }}>
        <Table<Camera>
          size="small"
          rowKey="id"
          columns={useColumns(edits ? setEditing : null)}
          dataSource={[...cameras]}
          pagination={cameras.length > 50 ? { pageSize: 50, size: 'small' } : false}
          scroll={{ x: 'max-content' }}
          locale={{ emptyText: <Nothing what={say('empty')} /> }}
        />
      </Card>
      {editing !== null && <CameraDrawer camera={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />}
    </Page>
  );
}

function useColumns(onEdit: ((camera: Camera) => void) | null): TableColumnsType<Camera> {
  const { t } = useTranslation();
  const sayLive = useLiveWords();
  const say = useCameraWords();
  const columns: TableColumnsType<Camera> = [
    {
      title: say('name'),
      render: (_, camera) => (
        <>
          <Link to="/cameras/$cameraId" params={{ cameraId: camera.id }} style={{ fontWeight: 600 }}>
            {camera.name}
          </Link>
          <div style={{ fontSize: 12.5, color: 'var(--quiet)' }}>
            {camera.venue.name} · {camera.institution.name}
          </div>
        </>
      ),
    },
    { title: t('common.state'), render: (_, camera) => <State camera={camera} /> },
    { title: say('recording'), render: (_, { status }) => (status.recording ? t('common.yes') : t('common.no')) },
    {
      title: say('resolution'),
      render: (_, { status, has_sub }) =>
        status.width == null ? '—' : `${status.width}×${status.height ?? '?'} · ${status.codec ?? ''}${has_sub ? ` · ${sayLive('sub')}` : ''}`,
    },
    { title: say('bitrate'), align: 'right', render: (_, { status }) => (status.bitrate_bps == null ? '—' : bitrate(status.bitrate_bps)) },
    { title: say('lastFrame'), render: (_, { status }) => (status.last_frame_at == null ? '—' : stampOf(ms(status.last_frame_at))) },
  ];
  if (onEdit === null) return columns;
  return [
    ...columns,
    { title: say('address'), render: (_, camera) => <code>{camera.address ?? '—'}</code> },
    {
      title: t('common.actions'),
      render: (_, camera) => (
        <Space size={2}>
          <Button type="text" size="small" icon={<EditOutlined />} aria-label={say('edit')} onClick={() => onEdit(camera)} />
          <Remove camera={camera} />
        </Space>
      ),
    },
  ];
}

function State({ camera }: { camera: Camera }) {
  const { t } = useTranslation();
  const { cause, detail } = camera.status;
  return (
    <>
      <CameraStateTag camera={camera} />
      {camera.enabled && cause != null && (
        <div style={{ fontSize: 12.5, color: 'var(--quiet)', maxWidth: 320 }} title={detail ?? undefined}>
          {t(causeKey(cause))}
        </div>
      )}
    </>
  );
}

function Remove({ camera }: { camera: Camera }) {
  const { t } = useTranslation();
  const say = useCameraWords();
  const message = useMessages();
  const client = useQueryClient();
  const tell = useTell();
  const remove = useMutation({
    mutationFn: () => ask(api.DELETE('/cameras/{id}', { params: { path: { id: camera.id } } })),
    onSuccess: async () => {
      message.success(say('removed'));
      await client.invalidateQueries({ queryKey: ['cameras'] });
    },
    onError: tell,
  });
  return (
    <Popconfirm title={say('confirmRemove', { name: camera.name })} description={say('confirmRemoveHint')} onConfirm={() => remove.mutate()}>
      <Button type="text" danger size="small" icon={<DeleteOutlined />} aria-label={t('common.remove')} loading={remove.isPending} />
    </Popconfirm>
  );
}
