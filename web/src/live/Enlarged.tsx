import { Link } from '@tanstack/react-router';
import { Button, Card, Descriptions, Space, Tag } from 'antd';
import { FullscreenOutlined } from '@ant-design/icons';
import { lazy, Suspense, useRef, useState } from 'react';
import type { Camera, CurrentSession } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import { useCameraWords } from '~/cameras/words.ts';
import { useTranslation } from '~/i18n/index.ts';
import { bitrate } from '~/time/amounts.ts';
import { dateOf, minuteOf, ms } from '~/time/zone.ts';
import { AlarmTag } from '~/ui/AlarmTag.tsx';
import { CameraStateTag } from '~/ui/CameraStateTag.tsx';
import { countsOf } from './counts.ts';
import styles from './live.module.css';
import { LiveVideo } from './LiveVideo.tsx';
import { useLiveWords } from './words.ts';

const RecordDialog = lazy(() => import('~/supervision/RecordDialog.tsx'));

/** One camera in full: main stream, and what is known about the room beside it. */
export default function Enlarged({ camera, today }: { camera: Camera; today: string }) {
  const { t } = useTranslation();
  const say = useLiveWords();
  const sayCamera = useCameraWords();
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
              { key: 'stream', label: say('main'), children: status.width == null ? t('common.unknown') : `${status.width}×${status.height ?? '?'} · ${status.codec ?? ''}` },
              { key: 'rate', label: sayCamera('bitrate'), children: status.bitrate_bps == null ? t('common.unknown') : bitrate(status.bitrate_bps) },
              { key: 'recording', label: sayCamera('recording'), children: say(status.recording ? 'recording' : 'notRecording') },
            ]}
          />
          <Space wrap>
            <Button size="small" icon={<FullscreenOutlined />} onClick={() => void stage.current?.requestFullscreen()}>
              {say('fullscreen')}
            </Button>
            {mayReplay && (
              <Link to="/recordings" search={{ camera: camera.id, date: today }}>
                {say('openRecordings')}
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
  const say = useLiveWords();
  const signs = useMay('supervise');
  const [recording, setRecording] = useState(false);
  const counts = countsOf(current);
  const unknown = <Tag variant="filled">{t('common.unknown')}</Tag>;
  return (
    <Card size="small" title={say('now')} extra={`${minuteOf(ms(current.starts_at))}–${minuteOf(ms(current.ends_at))}`}>
      <p style={{ margin: '0 0 8px', fontWeight: 600 }}>{current.class_name}</p>
      <Descriptions
        column={1}
        size="small"
        items={[
          { key: 'now', label: say('facesNow'), children: counts.now === null ? unknown : t('common.people', { count: counts.now }) },
          { key: 'likely', label: say('estimated'), children: counts.likely === null ? unknown : <b style={{ color: counts.short ? 'var(--red)' : undefined }}>{t('common.people', { count: counts.likely })}</b> },
          { key: 'reported', label: say('reportedPresent'), children: counts.reported === null ? say('noReport') : t('common.people', { count: counts.reported }) },
        ]}
      />
      <Space wrap>
        <Link to="/classes/$classId/days/$date" params={{ classId: current.class_id, date: dateOf(ms(current.starts_at)) }}>
          {say('openDay')}
        </Link>
        {signs && (
          <Button size="small" type="primary" onClick={() => setRecording(true)}>
            {say('record')}
          </Button>
        )}
        {counts.open > 0 && (
          <Link to="/findings" search={{ class_id: current.class_id, state: 'open' }}>
            <AlarmTag>{say('openFindings', { count: counts.open })}</AlarmTag>
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
