import { Switch } from 'antd';
import { useState } from 'react';
import type { Frame } from '~/api/schema.d.ts';
import { percent } from '~/time/amounts.ts';
import { stampOf, ms, timeOf } from '~/time/zone.ts';
import { ReplayLink } from '~/recordings/ReplayLink.tsx';
import { Nothing } from '~/ui/Nothing.tsx';
import { boxStyle } from './box.ts';
import styles from './findings.module.css';
import { useFindingWords } from './words.ts';

/** The pictures that show a finding, with every face that was found in them. */
export function FrameViewer({ frames }: { frames: readonly Frame[] }) {
  const say = useFindingWords();
  const [index, setIndex] = useState(0);
  const [boxes, setBoxes] = useState(true);
  const frame = frames[Math.min(index, frames.length - 1)];
  if (frame === undefined) return <Nothing what={say('noFrames')} />;
  /** Of a punch's picture the face alone was kept. */
  const alone = frame.punch_id != null;
  return (
    <>
      <Picture key={frame.url} frame={frame} boxes={boxes && !alone} />
      <div className={styles.frameFoot}>
        <span>{stampOf(ms(frame.at))}</span>
        <span>{alone ? say('punchPicture') : frame.camera == null ? say('cameraUnknown') : frame.camera.name}</span>
        <span>{say('frameOf', { index: frames.indexOf(frame) + 1, total: frames.length })}</span>
        {!alone && (
          <>
            <span>{say('faceCount', { count: frame.faces.length })}</span>
            <label>
              <Switch size="small" checked={boxes} onChange={setBoxes} /> {say('boxes')}
            </label>
          </>
        )}
        {frame.camera != null && <ReplayLink camera={frame.camera} at={ms(frame.at)} />}
      </div>
      {frames.length > 1 && (
        <div className={styles.thumbs}>
          {frames.map((one, place) => (
            <button type="button" key={one.url} aria-pressed={one === frame} title={timeOf(ms(one.at))} onClick={() => setIndex(place)}>
              <img src={one.url} alt={timeOf(ms(one.at))} loading="lazy" />
            </button>
          ))}
        </div>
      )}
    </>
  );
}

function Picture({ frame, boxes }: { frame: Frame; boxes: boolean }) {
  const say = useFindingWords();
  const [failed, setFailed] = useState(false);
  if (failed) return <Nothing what={say('frameFailed')} />;
  return (
    <div className={styles.frame} data-testid="frame">
      <img src={frame.url} width={frame.width} height={frame.height} style={{ height: 'auto', margin: '0 auto', maxWidth: frame.punch_id == null ? undefined : frame.width }} alt={stampOf(ms(frame.at))} onError={() => setFailed(true)} />
      {boxes &&
        frame.faces.map((face, place) => (
          <span key={place} className={styles.box} style={boxStyle(face)} data-known={face.label != null} data-testid="face-box">
            {face.label != null && <span>{face.probability == null ? face.label : `${face.label} ${percent(face.probability)}`}</span>}
          </span>
        ))}
    </div>
  );
}

