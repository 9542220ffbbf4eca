import { ExpandOutlined, FormOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import type { Camera, CurrentSession } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import { useTranslation } from '~/i18n/index.ts';
import { dateOf, ms } from '~/time/zone.ts';
import { AlarmTag } from '~/ui/AlarmTag.tsx';
import { countsOf } from './counts.ts';
import styles from './live.module.css';
import { LiveVideo } from './LiveVideo.tsx';

/** Signing takes more than the wall does, and few do it at once. */
const RecordDialog = lazy(() => import('~/supervision/RecordDialog.tsx'));

interface TileProps {
  camera: Camera;
  onEnlarge: () => void;
}

/** One camera on the wall: sub-stream, counts over the picture, names below. */
export function Tile({ camera, onEnlarge }: TileProps) {
  const { t } = useTranslation();
  const { current } = camera;
  const signs = useMay('supervise');
  // The class may end while its record is being written.
  const [recorded, setRecorded] = useState<CurrentSession | null>(null);
  const short = current != null && countsOf(current).short;
  return (
    <article className={styles.tile} data-alarm={short} data-testid="tile" aria-label={camera.name}>
      <div className={styles.stage}>
        <LiveVideo camera={camera.id} name={camera.name} stream={camera.has_sub ? 'sub' : 'main'} enabled={camera.enabled} />
        {current != null && <CountBar current={current} />}
      </div>
      <div className={styles.foot}>
        <div className={styles.names}>
          <div title={`${camera.venue.name} · ${camera.name}`}>
            {camera.venue.name} · {camera.name}
          </div>
          <div title={current?.class_name}>{current == null ? t('live.noSession') : current.class_name}</div>
        </div>
        {signs && current != null && (
          <Button type="text" size="small" icon={<FormOutlined />} title={t('live.record')} onClick={() => setRecorded(current)} data-testid="record-from-wall">
            {t('live.record')}
          </Button>
        )}
        <Button type="text" size="small" icon={<ExpandOutlined />} title={t('live.enlarge')} aria-label={t('live.enlarge')} onClick={onEnlarge} />
      </div>
      {recorded !== null && (
        <Suspense>
          <RecordDialog classId={recorded.class_id} className={recorded.class_name} onClose={() => setRecorded(null)} />
        </Suspense>
      )}
    </article>
  );
}

function CountBar({ current }: { current: CurrentSession }) {
  const { t } = useTranslation();
  const counts = countsOf(current);
  return (
    <div className={styles.counts}>
      {counts.now !== null && (
        <span className={styles.count}>
          {t('live.facesShort')} <b>{counts.now}</b>
        </span>
      )}
      {counts.likely !== null && (
        <span className={`${styles.count} ${counts.short ? styles.short : ''}`}>
          {t('live.estimated')} <b data-testid="likely">{counts.likely}</b>
        </span>
      )}
      <span className={styles.count}>{counts.reported === null ? t('live.noReport') : <>{t('live.reported')} <b data-testid="reported">{counts.reported}</b></>}</span>
      {counts.open > 0 && (
        <Link to="/classes/$classId/days/$date" params={{ classId: current.class_id, date: dateOf(ms(current.starts_at)) }}>
          <AlarmTag>{t('live.openFindings', { count: counts.open })}</AlarmTag>
        </Link>
      )}
    </div>
  );
}
