import { Segmented } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { address } from '~/api/client.ts';
import { stampOf } from '~/time/zone.ts';
import styles from './recordings.module.css';
import { after, playAt, type Footage } from './stretches.ts';

interface SegmentPlayerProps {
  footage: readonly Footage[];
  /** Where playing was asked to begin. */
  from: number;
  onAt: (at: number) => void;
}

/** Plays segments one after the other from an instant on, until there are no more. */
export function SegmentPlayer({ footage, from, onAt }: SegmentPlayerProps) {
  const { t } = useTranslation();
  const video = useRef<HTMLVideoElement>(null);
  const [playing, setPlaying] = useState(() => playAt(footage, from));
  const [speed, setSpeed] = useState(1);
  const [failed, setFailed] = useState(false);
  const [at, setAt] = useState(from);

  useEffect(() => {
    if (video.current !== null) video.current.playbackRate = speed;
  }, [speed, playing]);

  const next = () => {
    const following = playing === null ? null : after(footage, playing.segment.segment);
    setFailed(false);
    if (following !== null) setPlaying({ segment: following, offset: 0 });
  };
  if (playing === null) return null;
  return (
    <div className={styles.player}>
      <video
        ref={video}
        src={address.segment(playing.segment.segment)}
        controls
        autoPlay
        muted
        playsInline
        data-testid="segment-player"
        onLoadedMetadata={(event) => {
          event.currentTarget.currentTime = playing.offset;
          event.currentTarget.playbackRate = speed;
        }}
        onTimeUpdate={(event) => {
          const instant = playing.segment.start + event.currentTarget.currentTime * 1000;
          setAt(instant);
          onAt(instant);
        }}
        onEnded={next}
        onError={() => setFailed(true)}
      />
      <span className={styles.clock}>{failed ? t('recordings.failed') : stampOf(at)}</span>
      <div style={{ position: 'absolute', right: 8, top: 8 }}>
        <Segmented size="small" aria-label={t('recordings.speed')} value={speed} options={[1, 2, 4, 8].map((value) => ({ value, label: `${value}×` }))} onChange={setSpeed} />
      </div>
    </div>
  );
}
