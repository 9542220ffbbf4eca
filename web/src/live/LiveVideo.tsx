import { Spin } from 'antd';
import { useNow } from '~/app/clock.ts';
import { useText, useTranslation } from '~/i18n/index.ts';
import { delay } from '~/time/amounts.ts';
import { causeKey, cameraStateKey } from '~/ui/cameraWords.ts';
import styles from './live.module.css';
import type { LiveSnapshot } from './session.ts';
import { useLive, type Stream } from './useLive.ts';
import { useLiveWords } from './words.ts';

interface LiveVideoProps {
  camera: string;
  name: string;
  stream: Stream;
  enabled: boolean;
}

/** The moving picture, with its state and delay over it. */
export function LiveVideo({ camera, name, stream, enabled }: LiveVideoProps) {
  const say = useLiveWords();
  const { attach, snapshot, watching } = useLive(camera, stream, enabled);
  return (
    <div className={styles.picture} data-phase={snapshot.phase} data-testid="live-picture">
      <video ref={attach} muted autoPlay playsInline disablePictureInPicture aria-label={name} className={styles.video} />
      {enabled && watching && <PhaseChip snapshot={snapshot} />}
      {enabled && watching && <Cover snapshot={snapshot} />}
      {!enabled && <div className={styles.cover}>{say('snapshotHint')}</div>}
      {enabled && !watching && <div className={styles.cover}>{say('away')}</div>}
    </div>
  );
}

function PhaseChip({ snapshot }: { snapshot: LiveSnapshot }) {
  const say = useLiveWords();
  const { phase, delayMs } = snapshot;
  return (
    <span className={styles.chip} data-testid="live-state">
      <i className={phase === 'playing' ? styles.dotLive : styles.dotIdle} />
      {say(`phase.${phase}`)}
      {delayMs !== null && <span data-testid="live-delay">· {say('delay', { delay: delay(delayMs) })}</span>}
    </span>
  );
}

/** What is said in the middle while no picture moves. */
function Cover({ snapshot }: { snapshot: LiveSnapshot }) {
  const { t } = useTranslation();
  const say = useLiveWords();
  const text = useText();
  const now = useNow('second');
  const { phase, camera, cause, codec, refusal, retryAtMs } = snapshot;
  if (phase === 'playing') return null;
  if (phase === 'unsupported') return <div className={styles.cover}>{say('unsupportedHint', { codec: codec ?? t('common.unknown') })}</div>;
  const why = refusal !== null ? text(refusal) : cause !== null ? t(causeKey(cause)) : camera !== null && camera !== 'live' ? t(cameraStateKey(camera)) : null;
  return (
    <div className={styles.cover} data-still={phase === 'waiting'}>
      {phase === 'connecting' && why === null && <Spin size="small" />}
      {why !== null && <div>{why}</div>}
      {retryAtMs !== null && <div className={styles.quiet}>{say('retryIn', { seconds: Math.max(0, Math.ceil((retryAtMs - now) / 1000)) })}</div>}
    </div>
  );
}
