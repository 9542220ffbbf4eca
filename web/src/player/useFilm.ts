import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';
import { noted, step, UNKNOWN } from './frames.ts';
import { nearest, neighbour, type Piece } from './reel.ts';

/** So long the film may take to arrive somewhere, and its picture to come on the screen after it has. */
const SOUGHT_MS = 2_000;
const PRESENTED_MS = 500;
const PAUSED_MS = 80;

export interface Film {
  readonly piece: Piece | null;
  /** The instant on the screen. */
  readonly at: number;
  readonly running: boolean;
  readonly failed: boolean;
  readonly speed: number;
  readonly setSpeed: (speed: number) => void;
  readonly toggle: () => void;
  readonly seek: (at: number) => void;
  readonly frame: (direction: 1 | -1) => void;
  /** What the video element tells; to be spread on it. */
  readonly events: {
    readonly onLoadedMetadata: () => void;
    readonly onTimeUpdate: () => void;
    readonly onPlay: () => void;
    readonly onPause: () => void;
    readonly onEnded: () => void;
    readonly onError: () => void;
  };
}

/** Plays a reel on one video element: piece after piece, at any speed, and picture by picture. */
export function useFilm(videoRef: RefObject<HTMLVideoElement | null>, reel: readonly Piece[], from: number, autoPlay: boolean, onAt: (at: number) => void): Film {
  const [start] = useState(() => nearest(reel, from));
  const [piece, setPiece] = useState(start?.piece ?? null);
  const [at, setAt] = useState(from);
  const [running, setRunning] = useState(false);
  const [failed, setFailed] = useState(false);
  const [speed, setSpeed] = useState(1);
  /** Where a piece that is being loaded is to begin, and whether it is to run. */
  const offset = useRef(start?.offset ?? 0);
  const runs = useRef(autoPlay);
  /** Until then the film tells of its beginning, which is not where it was wanted. */
  const placed = useRef(false);
  const clock = useRef(UNKNOWN);
  const stepping = useRef(false);
  /** A step asked for while another is on its way; holding the key down does not pile them up. */
  const asked = useRef<1 | -1 | null>(null);

  useEffect(() => {
    if (videoRef.current !== null) videoRef.current.playbackRate = speed;
  }, [videoRef, speed, piece]);

  useEffect(() => {
    const film = videoRef.current;
    if (film === null || !tells(film)) return;
    let waiting = 0;
    const watch = () => {
      waiting = film.requestVideoFrameCallback((_, { mediaTime }) => {
        clock.current = noted(clock.current, mediaTime);
        watch();
      });
    };
    watch();
    return () => film.cancelVideoFrameCallback(waiting);
  }, [videoRef, piece]);

  const tell = useCallback(
    (instant: number) => {
      setAt(instant);
      onAt(instant);
    },
    [onAt],
  );

  const show = (next: Piece, seconds: number) => {
    setFailed(false);
    clock.current = { ...clock.current, shown: null };
    const film = videoRef.current;
    if (film !== null && next.src === piece?.src && film.readyState > 0) film.currentTime = seconds;
    else {
      offset.current = seconds;
      placed.current = false;
      setPiece(next);
    }
    tell(next.start + seconds * 1000);
  };

  const play = () => {
    runs.current = true;
    // Refused where the browser wants a person to press first: the button stays at "play".
    void videoRef.current?.play().catch(() => undefined);
  };
  const pause = () => {
    runs.current = false;
    videoRef.current?.pause();
  };

  const frame = async (direction: 1 | -1) => {
    const film = videoRef.current;
    if (film === null || piece === null) return;
    asked.current = direction;
    if (stepping.current) return;
    stepping.current = true;
    if (!film.paused) {
      pause();
      // What was on its way is still shown.
      await pass(PAUSED_MS);
    }
    let edge: 1 | -1 | null = null;
    while (asked.current !== null && edge === null) {
      const towards: 1 | -1 = asked.current;
      asked.current = null;
      const { clock: after, ended } = await step(film, clock.current, towards, (to) => present(film, to));
      clock.current = after;
      if (ended === 'edge') edge = towards;
      else tell(piece.start + (after.shown ?? film.currentTime) * 1000);
    }
    stepping.current = false;
    const next = edge === null ? null : neighbour(reel, piece.src, edge);
    if (next !== null) show(next, edge === 1 ? 0 : Math.max(0, (next.end - next.start) / 1000 - 0.05));
  };

  return {
    piece, at, running, failed, speed, setSpeed,
    // While a piece is being loaded what counts is what was wanted.
    toggle: () => (runs.current ? pause() : play()),
    seek: (to) => {
      const next = nearest(reel, to);
      if (next !== null) show(next.piece, next.offset);
    },
    frame: (direction) => void frame(direction),
    events: {
      onLoadedMetadata: () => {
        const film = videoRef.current;
        if (film === null) return;
        film.currentTime = offset.current;
        placed.current = true;
        film.playbackRate = speed;
        if (runs.current) play();
      },
      onTimeUpdate: () => {
        if (videoRef.current !== null && piece !== null && placed.current && !stepping.current) tell(piece.start + videoRef.current.currentTime * 1000);
      },
      onPlay: () => setRunning(true),
      onPause: () => setRunning(false),
      onEnded: () => {
        const next = piece === null ? null : neighbour(reel, piece.src, 1);
        if (next !== null) show(next, 0);
        else runs.current = false;
      },
      onError: () => setFailed(true),
    },
  };
}

/** Moves the film and answers when the picture began that is on the screen then; null where the browser does not tell. */
async function present(film: HTMLVideoElement, to: number): Promise<number | null> {
  if (!tells(film)) {
    film.currentTime = to;
    return null;
  }
  const told: { shown: number | null } = { shown: null };
  const waiting = film.requestVideoFrameCallback((_, { mediaTime }) => {
    told.shown = mediaTime;
  });
  const sought = new Promise<void>((resolve) => {
    film.addEventListener('seeked', () => resolve(), { once: true });
  });
  film.currentTime = to;
  await Promise.race([sought, pass(SOUGHT_MS)]);
  // The picture may come on the screen a little later than the film says that it has arrived there.
  for (const until = performance.now() + PRESENTED_MS; told.shown === null && performance.now() < until; ) await pass(10);
  film.cancelVideoFrameCallback(waiting);
  return told.shown;
}

const pass = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/** Whether the browser says which picture is on the screen: all do by now, but not all that are still in use. */
function tells(film: HTMLVideoElement): boolean {
  return 'requestVideoFrameCallback' in film;
}
