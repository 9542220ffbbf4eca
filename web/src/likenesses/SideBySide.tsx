import { CaretRightOutlined, DoubleLeftOutlined, DoubleRightOutlined, PauseOutlined } from '@ant-design/icons';
import { Button, Select, Slider, Switch, Tooltip } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { SPEEDS } from '~/player/keys.ts';
import { duration } from '~/time/amounts.ts';
import { stampOf } from '~/time/zone.ts';
import styles from './likenesses.module.css';
import { lengthOf, type Side } from './sides.ts';
import { useLikenessWords } from './words.ts';

/** Seconds by which the two may part before the right one is put right. */
const APART = 0.12;

interface SideBySideProps {
  left: Side;
  right: Side;
  /** Whether the one shows the other in a mirror. */
  mirrored: boolean;
}

/** Two videos that run together, each from where the alike part begins in it. */
export function SideBySide({ left, right, mirrored }: SideBySideProps) {
  const say = useLikenessWords();
  const one = useRef<HTMLVideoElement>(null);
  const other = useRef<HTMLVideoElement>(null);
  const length = lengthOf(left, right);
  const [at, setAt] = useState(0);
  const [running, setRunning] = useState(false);
  const [speed, setSpeed] = useState(1);
  const [flipped, setFlipped] = useState(mirrored);
  const [over, setOver] = useState(false);

  useEffect(() => {
    for (const video of [one.current, other.current]) if (video !== null) video.playbackRate = speed;
  }, [speed]);

  const goTo = (seconds: number) => {
    const to = Math.min(length, Math.max(0, seconds));
    if (one.current !== null) one.current.currentTime = left.from + to;
    if (other.current !== null) other.current.currentTime = right.from + to;
    setAt(to);
  };
  const pause = () => {
    one.current?.pause();
    other.current?.pause();
    setRunning(false);
  };
  const play = async () => {
    if (at >= length - 0.2) goTo(0);
    setRunning(true);
    await Promise.all([one.current?.play(), other.current?.play()]).catch(pause);
  };
  const follow = () => {
    if (one.current === null || other.current === null) return;
    const passed = one.current.currentTime - left.from;
    setAt(Math.min(length, Math.max(0, passed)));
    if (passed >= length) {
      pause();
      return;
    }
    if (Math.abs(other.current.currentTime - right.from - passed) > APART * Math.max(1, speed)) other.current.currentTime = right.from + passed;
  };
  return (
    <div>
      <div className={styles.sides} data-over={over} data-testid="side-by-side">
        <Half side={left} at={at}>
          <video ref={one} src={left.src} muted playsInline preload="auto" aria-label={left.name} onLoadedMetadata={() => goTo(at)} onTimeUpdate={follow} data-testid="left-video" />
        </Half>
        <Half side={right} at={at}>
          <video ref={other} src={right.src} muted playsInline preload="auto" aria-label={right.name} data-flipped={flipped} onLoadedMetadata={() => goTo(at)} data-testid="right-video" />
        </Half>
      </div>
      <div className={styles.tools}>
        <Button type="text" size="small" icon={<DoubleLeftOutlined />} aria-label={say('back')} title={say('back')} onClick={() => goTo(at - 5)} />
        <Button
          type="primary"
          size="small"
          icon={running ? <PauseOutlined /> : <CaretRightOutlined />}
          onClick={() => (running ? pause() : void play())}
          data-testid="play-both"
        >
          {say(running ? 'pause' : 'play')}
        </Button>
        <Button type="text" size="small" icon={<DoubleRightOutlined />} aria-label={say('on')} title={say('on')} onClick={() => goTo(at + 5)} />
        <Slider
          className={styles.slider}
          min={0}
          max={length}
          step={0.04}
          value={at}
          onChange={goTo}
          ariaLabelForHandle={say('place')}
          tooltip={{ formatter: (value) => duration(value ?? 0) }}
        />
        <span className={styles.quiet}>
          {duration(at)} / {duration(length)}
        </span>
        <Select<number> size="small" style={{ width: 84 }} value={speed} onChange={setSpeed} options={SPEEDS.map((value) => ({ value, label: `${value}×` }))} aria-label="×" />
        <label>
          <Switch size="small" checked={flipped} onChange={setFlipped} /> {say('flip')}
        </label>
        <Tooltip title={say('overHint')}>
          <label>
            <Switch size="small" checked={over} onChange={setOver} /> {say('over')}
          </label>
        </Tooltip>
      </div>
    </div>
  );
}

function Half({ side, at, children }: { side: Side; at: number; children: React.ReactNode }) {
  const say = useLikenessWords();
  return (
    <figure className={styles.half}>
      <div className={styles.screen}>{children}</div>
      <figcaption>
        <b>{side.name}</b>
        <span>{say(side.kind)}{side.whose !== '' && ` · ${side.whose}`}</span>
        {side.start !== null && <span>{say(side.kind === 'upload' ? 'claimed' : 'recorded', { time: stampOf(side.start + (side.from + at) * 1000) })}</span>}
      </figcaption>
    </figure>
  );
}
