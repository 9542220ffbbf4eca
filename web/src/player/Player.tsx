import { useEffect, useImperativeHandle, useRef, useState, type ReactNode, type Ref } from 'react';
import { stampOf } from '~/time/zone.ts';
import { Controls } from './Controls.tsx';
import { actOf, isOurs, otherSpeed } from './keys.ts';
import { otherMark, type Mark } from './marks.ts';
import styles from './player.module.css';
import type { Piece } from './reel.ts';
import { useFilm } from './useFilm.ts';
import { usePlayerWords } from './words.ts';

export interface PlayerHandle {
  /** Goes on at an instant, in milliseconds since the epoch. */
  readonly seek: (at: number) => void;
}

interface PlayerProps {
  ref?: Ref<PlayerHandle>;
  reel: readonly Piece[];
  /** Where to begin. */
  from: number;
  label: string;
  testId: string;
  autoPlay?: boolean;
  /** Whether it may have a sound; the cameras' footage has none. */
  sound?: boolean;
  marks?: readonly Mark[];
  onAt: (at: number) => void;
  /** Takes the instant on the screen as one end of a range. */
  onEnd?: (end: 'from' | 'until', at: number) => void;
  /** More tools at the end of the bar. */
  children?: ReactNode;
}

/** A player for everything that shows a time: recordings, clips, uploads. By pointer, by keyboard, picture by picture. */
export function Player({ ref, reel, from, label, testId, autoPlay = false, sound = false, marks = [], onAt, onEnd, children }: PlayerProps) {
  const say = usePlayerWords();
  const root = useRef<HTMLDivElement>(null);
  const video = useRef<HTMLVideoElement>(null);
  const film = useFilm(video, reel, from, autoPlay, onAt);
  const [muted, setMuted] = useState(true);
  const [help, setHelp] = useState(false);
  useImperativeHandle(ref, () => ({ seek: film.seek }));

  const full = () => void (document.fullscreenElement === null ? root.current?.requestFullscreen() : document.exitFullscreen());
  const toMark = (direction: 1 | -1) => {
    const mark = otherMark(marks, film.at, direction);
    if (mark !== null) film.seek(mark.at);
  };
  useKeys(root, (key) => {
    const act = actOf(key);
    if (act === null) return false;
    switch (act.do) {
      case 'toggle':
        film.toggle();
        break;
      case 'skip':
        film.seek(film.at + act.seconds * 1000);
        break;
      case 'frame':
        film.frame(act.direction);
        break;
      case 'speed':
        film.setSpeed(otherSpeed(film.speed, act.direction));
        break;
      case 'mark':
        toMark(act.direction);
        break;
      case 'from':
      case 'until':
        onEnd?.(act.do, film.at);
        break;
      case 'full':
        full();
        break;
      case 'help':
        setHelp((before) => !before);
    }
    return true;
  });
  if (film.piece === null) return null;
  return (
    <div ref={root} className={styles.player}>
      <div className={styles.screen}>
        <video ref={video} src={film.piece.src} muted={muted} playsInline preload="auto" aria-label={label} data-testid={testId} onClick={film.toggle} {...film.events} />
        <span className={styles.clock}>{film.failed ? say('failed') : stampOf(film.at)}</span>
      </div>
      <Controls
        film={film}
        muted={sound ? muted : null}
        onMuted={setMuted}
        onMark={marks.length > 0 ? toMark : null}
        onFull={document.fullscreenEnabled ? full : null}
        help={help}
        onHelp={setHelp}
        ranged={onEnd !== undefined}
      >
        {children}
      </Controls>
    </div>
  );
}

/** Hears keys anywhere on the page, as long as they are the player's. */
function useKeys(root: React.RefObject<HTMLElement | null>, take: (event: KeyboardEvent) => boolean): void {
  const newest = useRef(take);
  useEffect(() => {
    newest.current = take;
  });
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (root.current === null || event.defaultPrevented || !isOurs(event.target, event.key, root.current)) return;
      if (newest.current(event)) event.preventDefault();
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, [root]);
}
