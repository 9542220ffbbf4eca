import { Link } from '@tanstack/react-router';
import { Button, Card, Descriptions, Space, Tag } from 'antd';
import { FullscreenOutlined } from '@ant-design/icons';
import { lazy, Suspense, useRef, useState } from 'react';
import type { Camera, CurrentSession } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import { useTranslation } from '~/i18n/index.ts';
import { bitrate } from '~/time/amounts.ts';
import { dateOf, minuteOf, ms } from '~/time/zone.ts';
import { AlarmTag } from '~/ui/AlarmTag.tsx';
import { CameraStateTag } from '~/ui/CameraStateTag.tsx';
import { countsOf } from './counts.ts';
import styles from './live.module.css';
import { LiveVideo } from './LiveVideo.tsx';

const RecordDialog = lazy(() => import('~/supervision/RecordDialog.tsx'));

/** One camera in full: main stream, and what is known about the room beside it. */
export default function Enlarged({ camera, today }: { camera: Camera; today: string }) {
  const { t } = useTranslation();
  const stage = useRef<HTMLDivElement>(null);
  const mayReplay = useMay('watch_recording');
  const { status, current } = camera;
  return (
    <div className={styles.large}>
      <div ref={stage}>
        <LiveVideo camera={camera.id} name={camera.name} stream="main" enabled={camera.enabled} />
      </div>
      <div style={{ display: 'flex', flexDirection: 'column', gap: 12 }}>
        {current != null && <SessionCard current={current} />}
        <Card size="small" title={camera.name} extra={<CameraStateTag camera={camera} />}>
          <Descriptions
            column={1}
            size="small"
            items={[
              { key: 'venue', label: t('common.venue'), children: camera.venue.name },
              { key: 'institution', label: t('common.institution'), children: camera.institution.name },
              { key: 'stream', label: t('live.main'), children: status.width == null ? t('common.unknown') : `${status.width}×${status.height ?? '?'} · ${status.codec ?? ''}` },
              { key: 'rate', label: t('cameras.bitrate'), children: status.bitrate_bps == null ? t('common.unknown') : bitrate(status.bitrate_bps) },
              { key: 'recording', label: t('cameras.recording'), children: t(status.recording ? 'live.recording' : 'live.notRecording') },
            ]}
          />
          <Space wrap>
            <Button size="small" icon={<FullscreenOutlined />} onClick={() => void stage.current?.requestFullscreen()}>
              {t('live.fullscreen')}
            </Button>
            {mayReplay && (
              <Link to="/recordings" search={{ camera: camera.id, date: today }}>
                {t('live.openRecordings')}
              </Link>
            )}
          </Space>
        </Card>
      </div>
    </div>
  );
}

function SessionCard({ current }: { current: CurrentSession }) {
  const { t } = useTranslation();
  const signs = useMay('supervise');
  const [recording, setRecording] = useState(false);
  const counts = countsOf(current);
  const unknown = <Tag variant="filled">{t('common.unknown')}</Tag>;
  return (
    <Card size="small" title={t('live.now')} extra={`${minuteOf(ms(current.starts_at))}–${minuteOf(ms(current.ends_at))}`}>
      <p style={{ margin: '0 0 8px', fontWeight: 600 }}>{current.class_name}</p>
      <Descriptions
        column={1}
        size="small"
        items={[
          { key: 'now', label: t('live.facesNow'), children: counts.now === null ? unknown : t('common.people', { count: counts.now }) },
          { key: 'likely', label: t('live.estimated'), children: counts.likely === null ? unknown : <b style={{ color: counts.short ? 'var(--red)' : undefined }}>{t('common.people', { count: counts.likely })}</b> },
          { key: 'reported', label: t('live.reportedPresent'), children: counts.reported === null ? t('live.noReport') : t('common.people', { count: counts.reported }) },
        ]}
      />
      <Space wrap>
        <Link to="/classes/$classId/days/$date" params={{ classId: current.class_id, date: dateOf(ms(current.starts_at)) }}>
          {t('live.openDay')}
        </Link>
        {signs && (
          <Button size="small" type="primary" onClick={() => setRecording(true)}>
            {t('live.record')}
          </Button>
        )}
        {counts.open > 0 && (
          <Link to="/findings" search={{ class_id: current.class_id, state: 'open' }}>
            <AlarmTag>{t('live.openFindings', { count: counts.open })}</AlarmTag>
          </Link>
        )}
      </Space>
      {recording && (
        <Suspense>
          <RecordDialog classId={current.class_id} className={current.class_name} onClose={() => setRecording(false)} />
        </Suspense>
      )}
    </Card>
  );
}
