import { useQuery } from '@tanstack/react-query';
import { camerasQuery } from '~/api/queries.ts';
import type { Readiness as Room } from '~/api/schema.d.ts';
import { bitrate, duration, percent } from '~/time/amounts.ts';
import styles from './opening.module.css';
import { useOpeningWords } from './words.ts';

/** R2.2 as it was measured, room by room and camera by camera. */
export function Readiness({ rooms }: { rooms: readonly Room[] }) {
  const say = useOpeningWords();
  const cameras = useQuery(camerasQuery).data;
  if (rooms.length === 0) return null;
  return (
    <section aria-label={say('readiness')}>
      <h4 style={{ margin: '0 0 4px', fontSize: 13 }}>{say('readiness')}</h4>
      {rooms.map((room, index) => (
        <div key={index}>
          <div>{say('seenOf', { students: room.students, seen: room.students_seen })}</div>
          <div className={styles.scroll} role="region" aria-label={say('readiness')} tabIndex={0}>
            <table className={styles.table}>
              <thead>
                <tr>
                  {(['camera', 'uptime', 'gap', 'bitrate', 'picture.brightness', 'picture.sharpness', 'picture.recognisable_share', 'source'] as const).map((key) => (
                    <th key={key} scope="col">
                      {say(key)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {room.cameras.map((one) => (
                  <tr key={one.camera_id}>
                    <td>{cameras?.find((camera) => camera.id === one.camera_id)?.name ?? '—'}</td>
                    <td>{percent(one.uptime_share)}</td>
                    <td>{duration(one.longest_gap_seconds)}</td>
                    <td>{bitrate(one.bitrate_bps)}</td>
                    <td>{Math.round(one.brightness)}</td>
                    <td>{Math.round(one.sharpness)}</td>
                    <td>{percent(one.recognisable_share)}</td>
                    <td>{say(one.sampled ? 'sampled' : 'handedIn')}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </div>
      ))}
    </section>
  );
}
