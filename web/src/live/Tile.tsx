import { ExpandOutlined, FormOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import type { Camera, CurrentSession } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import { dateOf, ms } from '~/time/zone.ts';
import { AlarmTag } from '~/ui/AlarmTag.tsx';
import { countsOf } from './counts.ts';
import styles from './live.module.css';
import { LiveVideo } from './LiveVideo.tsx';
import { useLiveWords } from './words.ts';

/** Signing takes more than the wall does, and few do it at once. */
const RecordDialog = lazy(() => import('~/supervision/RecordDialog.tsx'));

interface TileProps {
  camera: Camera;
  onEnlarge: () => void;
}

/** One camera on the wall: sub-stream, counts over the picture, names below. */
export function Tile({ camera, onEnlarge }: TileProps) {
  const say = useLiveWords();
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
          <div title={current?.class_name}>{current == null ? say('noSession') : current.class_name}</div>
        </div>
        {signs && current != null && (
          <Button type="text" size="small" icon={<FormOutlined />} title={say('record')} onClick={() => setRecorded(current)} data-testid="record-from-wall">
            {say('record')}
          </Button>
        )}
        <Button type="text" size="small" icon={<ExpandOutlined />} title={say('enlarge')} aria-label={say('enlarge')} onClick={onEnlarge} />
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
  const say = useLiveWords();
  const counts = countsOf(current);
  return (
    <div className={styles.counts}>
      {counts.now !== null && (
        <span className={styles.count}>
          {say('facesShort')} <b>{counts.now}</b>
        </span>
      )}
      {counts.likely !== null && (
        <span className={`${styles.count} ${counts.short ? styles.short : ''}`}>
          {say('estimated')} <b data-testid="likely">{counts.likely}</b>
        </span>
      )}
      <span className={styles.count}>{counts.reported === null ? say('noReport') : <>{say('reported')} <b data-testid="reported">{counts.reported}</b></>}</span>
      {counts.open > 0 && (
        <Link to="/classes/$classId/days/$date" params={{ classId: current.class_id, date: dateOf(ms(current.starts_at)) }}>
          <AlarmTag>{say('openFindings', { count: counts.open })}</AlarmTag>
        </Link>
      )}
    </div>
  );
}
