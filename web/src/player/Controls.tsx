import {
  CaretRightOutlined, DoubleLeftOutlined, DoubleRightOutlined, FullscreenOutlined, MutedOutlined, PauseOutlined, SoundOutlined, StepBackwardOutlined, StepForwardOutlined,
  VerticalLeftOutlined, VerticalRightOutlined,
} from '@ant-design/icons';
import { Button, Select } from 'antd';
import type { ReactNode } from 'react';
import { KeyHelp } from './KeyHelp.tsx';
import { SPEEDS } from './keys.ts';
import styles from './player.module.css';
import type { Film } from './useFilm.ts';
import { usePlayerWords } from './words.ts';

interface ControlsProps {
  film: Film;
  /** Null where there is no sound. */
  muted: boolean | null;
  onMuted: (muted: boolean) => void;
  onMark: ((direction: 1 | -1) => void) | null;
  onFull: (() => void) | null;
  help: boolean;
  onHelp: (open: boolean) => void;
  /** Whether a range can be chosen. */
  ranged: boolean;
  children?: ReactNode;
}

/** The bar below the picture. */
export function Controls({ film, muted, onMuted, onMark, onFull, help, onHelp, ranged, children }: ControlsProps) {
  const say = usePlayerWords();
  return (
    <div className={styles.controls} role="toolbar" aria-label={say('help')}>
      <span className={styles.group}>
        <Tool label={say('back')} icon={<DoubleLeftOutlined />} onClick={() => film.seek(film.at - 10_000)} />
        <Tool label={say('frameBack')} icon={<StepBackwardOutlined />} onClick={() => film.frame(-1)} testId="frame-back" />
        <Button type="primary" size="small" icon={film.running ? <PauseOutlined /> : <CaretRightOutlined />} aria-label={say(film.running ? 'pause' : 'play')} onClick={film.toggle} data-testid="play" />
        <Tool label={say('frameOn')} icon={<StepForwardOutlined />} onClick={() => film.frame(1)} testId="frame-on" />
        <Tool label={say('on')} icon={<DoubleRightOutlined />} onClick={() => film.seek(film.at + 10_000)} />
      </span>
      <Select<number>
        size="small"
        style={{ width: 84 }}
        aria-label={say('speed')}
        value={film.speed}
        onChange={film.setSpeed}
        options={SPEEDS.map((value) => ({ value, label: `${value}×` }))}
        data-testid="speed"
      />
      {onMark !== null && (
        <span className={styles.group}>
          <Tool label={say('markBack')} icon={<VerticalRightOutlined />} onClick={() => onMark(-1)} />
          <Tool label={say('markOn')} icon={<VerticalLeftOutlined />} onClick={() => onMark(1)} testId="mark-on" />
        </span>
      )}
      {children}
      <span className={`${styles.group} ${styles.last}`}>
        {muted !== null && <Tool label={say('sound')} icon={muted ? <MutedOutlined /> : <SoundOutlined />} pressed={!muted} onClick={() => onMuted(!muted)} />}
        {onFull !== null && <Tool label={say('full')} icon={<FullscreenOutlined />} onClick={onFull} />}
        <KeyHelp open={help} onOpen={onHelp} marked={onMark !== null} ranged={ranged} />
      </span>
    </div>
  );
}

interface ToolProps {
  label: string;
  icon: ReactNode;
  pressed?: boolean;
  testId?: string;
  onClick: () => void;
}

function Tool({ label, icon, pressed, testId, onClick }: ToolProps) {
  return <Button type="text" size="small" icon={icon} aria-label={label} aria-pressed={pressed} title={label} onClick={onClick} data-testid={testId} />;
}
