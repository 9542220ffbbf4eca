import { Button, Card, Space } from 'antd';
import { LeftOutlined, RightOutlined, ZoomInOutlined, ZoomOutOutlined } from '@ant-design/icons';
import { useMemo, useRef, useState } from 'react';
import type { Recordings } from '~/api/schema.d.ts';
import { useTranslation } from '~/i18n/index.ts';
import { MarkCard } from '~/player/MarkCard.tsx';
import { MarkRow } from '~/player/MarkRow.tsx';
import { Player, type PlayerHandle } from '~/player/Player.tsx';
import { placeAt } from '~/player/reel.ts';
import { useCameraMarks } from '~/player/useMarks.ts';
import { duration } from '~/time/amounts.ts';
import { DAY_MS, minuteOf, ms, startOf } from '~/time/zone.ts';
import { pan, within, zoom, type Window } from './axis.ts';
import { GapTable } from './GapTable.tsx';
import { instantOf } from './instant.ts';
import { NoFootage } from './NoFootage.tsx';
import { RangeBar, withEnd } from './RangeBar.tsx';
import styles from './recordings.module.css';
import { missingIn, reelOf, stretches, totals } from './stretches.ts';
import { TimeLine } from './TimeLine.tsx';
import { useRecordingWords } from './words.ts';

interface RecordingsViewProps {
  camera: string;
  recordings: Recordings;
  /** An instant to begin at, from the address. */
  at: number | null;
  now: number;
  onAt: (at: number) => void;
}

/** A day of one camera: time line, player, findings and gaps; a range of it can be exported. */
export function RecordingsView({ camera, recordings, at, now, onAt }: RecordingsViewProps) {
  const say = useRecordingWords();
  const day = useMemo(() => ({ from: startOf(recordings.date), to: startOf(recordings.date) + DAY_MS }), [recordings.date]);
  const all = useMemo(() => stretches(recordings.parts), [recordings.parts]);
  const reel = useMemo(() => reelOf(recordings.parts), [recordings.parts]);
  const marks = useCameraMarks([...new Set(recordings.sessions.map((session) => session.class_name))], recordings.date, camera);
  const player = useRef<PlayerHandle>(null);
  const [window, setWindow] = useState<Window>(() => startWindow(day, recordings, at));
  const [cursor, setCursor] = useState<number | null>(at);
  const [range, setRange] = useState<Window | null>(null);
  const sum = totals(all);
  const centre = cursor ?? (window.from + window.to) / 2;
  const playable = at !== null && placeAt(reel, at) !== null;
  const pick = (picked: number) => {
    const to = Math.floor(picked);
    setCursor(to);
    onAt(to);
    if (placeAt(reel, to) !== null) player.current?.seek(to);
  };
  return (
    <>
      <Card
        size="small"
        title={<Legend recorded={sum.recorded} missing={sum.missing} pruned={all.some((one) => one.missing === 'pruned')} />}
        extra={
          <Space size={4} wrap>
            {recordings.sessions.map((session) => (
              <Button key={session.id} size="small" onClick={() => setWindow(around(day, ms(session.starts_at), ms(session.ends_at)))}>
                {minuteOf(ms(session.starts_at))}–{minuteOf(ms(session.ends_at))}
              </Button>
            ))}
            <Button size="small" onClick={() => setWindow(day)}>
              {say('wholeDay')}
            </Button>
            <Button size="small" icon={<LeftOutlined />} aria-label={say('earlier')} onClick={() => setWindow(pan(day, window, -0.5))} />
            <Button size="small" icon={<RightOutlined />} aria-label={say('later')} onClick={() => setWindow(pan(day, window, 0.5))} />
            <Button size="small" icon={<ZoomInOutlined />} aria-label={say('zoomIn')} onClick={() => setWindow(zoom(day, window, centre, 0.5))} />
            <Button size="small" icon={<ZoomOutOutlined />} aria-label={say('zoomOut')} onClick={() => setWindow(zoom(day, window, centre, 2))} />
          </Space>
        }
      >
        <MarkRow marks={marks} window={window} onPick={pick} />
        <TimeLine
          whole={day}
          window={window}
          all={all}
          sessions={recordings.sessions}
          cursor={cursor}
          onWindow={setWindow}
          range={range}
          onPick={pick}
        />
      </Card>
      {playable ? (
        <Player
          ref={player}
          reel={reel}
          from={at}
          label={say('title')}
          testId="segment-player"
          autoPlay
          marks={marks}
          onAt={setCursor}
          onEnd={(end, instant) => setRange((before) => withEnd(before, end, instant))}
        />
      ) : (
        <NoFootage at={at} instant={at === null ? null : instantOf(all, at, now)} />
      )}
      {reel.length > 0 && (
        <Card size="small" styles={{ body: { padding: 0 } }}>
          <RangeBar date={recordings.date} camera={camera} reel={reel} range={range} at={playable ? cursor : null} missing={range === null ? 0 : missingIn(all, range.from, range.to)} onRange={setRange} />
        </Card>
      )}
      <MarkCard marks={marks} onPick={pick} />
      <GapTable all={all} onPick={(start, end) => setWindow(around(day, start, end))} />
    </>
  );
}

/** How much there is of each kind; the colours are the time line's. */
function Legend({ recorded, missing, pruned }: { recorded: number; missing: number; pruned: boolean }) {
  const { t } = useTranslation();
  const say = useRecordingWords();
  return (
    <div className={styles.legend}>
      <span>
        <i className={styles.recorded} />
        {say('recorded')} {duration(recorded / 1000)}
      </span>
      <span>
        <i className={styles.missing} />
        {say('missing')} {duration(missing / 1000)}
      </span>
      {pruned && (
        <span>
          <i className={styles.pruned} />
          {t('cause.pruned')}
        </span>
      )}
    </div>
  );
}

/** A stretch with some room to each side. */
function around(day: Window, start: number, end: number): Window {
  const room = Math.max(120_000, (end - start) * 0.08);
  return within(day, { from: start - room, to: end + room });
}

/** What is worth seeing first: the instant asked for, else the time that has been accounted for. */
function startWindow(day: Window, recordings: Recordings, at: number | null): Window {
  if (at !== null) return around(day, at - 600_000, at + 600_000);
  const first = recordings.parts.find((part) => part.kind === 'recorded');
  const last = recordings.parts.at(-1);
  return first === undefined || last === undefined ? day : around(day, ms(first.start), ms(last.end));
}
