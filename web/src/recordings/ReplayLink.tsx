import { PlayCircleOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import type { CameraRef } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import { dateOf, timeOf } from '~/time/zone.ts';
import { useRecordingWords } from './words.ts';

interface ReplayLinkProps {
  camera: CameraRef;
  /** Milliseconds since the epoch. */
  at: number;
}

/** From a picture to the recording of its camera at that second; nothing for those who may not watch it. */
export function ReplayLink({ camera, at }: ReplayLinkProps) {
  const say = useRecordingWords();
  if (!useMay('watch_recording')) return null;
  return (
    <Link to="/recordings" search={{ camera: camera.id, date: dateOf(at), at }} title={say('replayOf', { camera: camera.name, time: timeOf(at) })} data-testid="replay">
      <PlayCircleOutlined /> {say('replay', { time: timeOf(at) })}
    </Link>
  );
}
