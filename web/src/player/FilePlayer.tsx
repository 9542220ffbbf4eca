import { useRef, useState } from 'react';
import { TimeLine } from '~/recordings/TimeLine.tsx';
import type { Stretch } from '~/recordings/stretches.ts';
import type { Window } from '~/recordings/axis.ts';
import { MarkRow } from './MarkRow.tsx';
import type { Mark } from './marks.ts';
import { Player, type PlayerHandle } from './Player.tsx';
import styles from './player.module.css';

interface FilePlayerProps {
  src: string;
  /** What it shows, in milliseconds since the epoch. */
  span: Window;
  /** Where in it there is a picture. */
  all: readonly Stretch[];
  /** Where to begin, else at its beginning. */
  from?: number | null;
  label: string;
  testId: string;
  autoPlay?: boolean;
  sound?: boolean;
  marks?: readonly Mark[];
}

/** One file with its time axis: gaps and findings stand where they show. */
export function FilePlayer({ src, span, all, from = null, label, testId, autoPlay, sound, marks = [] }: FilePlayerProps) {
  const player = useRef<PlayerHandle>(null);
  const start = from !== null && from >= span.from && from < span.to ? from : span.from;
  const [cursor, setCursor] = useState(start);
  const [window, setWindow] = useState(span);
  const seek = (at: number) => player.current?.seek(at);
  return (
    <div>
      <Player ref={player} reel={[{ src, start: span.from, end: span.to }]} from={start} label={label} testId={testId} autoPlay={autoPlay} sound={sound} marks={marks} onAt={setCursor} />
      <div className={styles.timed}>
        <MarkRow marks={marks} window={window} onPick={seek} />
        <TimeLine whole={span} window={window} all={all} sessions={[]} cursor={cursor} onWindow={setWindow} onPick={seek} />
      </div>
    </div>
  );
}
