import { Button, Card, Space } from 'antd';
import { LeftOutlined, RightOutlined, ZoomInOutlined, ZoomOutOutlined } from '@ant-design/icons';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Recordings } from '~/api/schema.d.ts';
import { duration } from '~/time/amounts.ts';
import { DAY_MS, minuteOf, ms, startOf } from '~/time/zone.ts';
import { pan, within, zoom, type Window } from './axis.ts';
import { GapTable } from './GapTable.tsx';
import { instantOf } from './instant.ts';
import { NoFootage } from './NoFootage.tsx';
import styles from './recordings.module.css';
import { SegmentPlayer } from './SegmentPlayer.tsx';
import { footage, playAt, stretches, totals } from './stretches.ts';
import { TimeLine } from './TimeLine.tsx';

interface RecordingsViewProps {
  recordings: Recordings;
  /** An instant to begin at, from the address. */
  at: number | null;
  now: number;
  onAt: (at: number) => void;
}

/** A day of one camera: time line, player and gaps. */
export function RecordingsView({ recordings, at, now, onAt }: RecordingsViewProps) {
  const { t } = useTranslation();
  const day = useMemo(() => ({ from: startOf(recordings.date), to: startOf(recordings.date) + DAY_MS }), [recordings.date]);
  const all = useMemo(() => stretches(recordings.parts), [recordings.parts]);
  const segments = useMemo(() => footage(recordings.parts), [recordings.parts]);
  const [window, setWindow] = useState<Window>(() => startWindow(day, recordings, at));
  const [cursor, setCursor] = useState<number | null>(at);
  const sum = totals(all);
  const centre = cursor ?? (window.from + window.to) / 2;
  const playable = at !== null && playAt(segments, at) !== null;
  return (
    <>
      <Card
        size="small"
        title={t('recordings.total', { recorded: duration(sum.recorded / 1000), missing: duration(sum.missing / 1000) })}
        extra={
          <Space size={4}>
            {recordings.sessions.map((session) => (
              <Button key={session.id} size="small" onClick={() => setWindow(around(day, ms(session.starts_at), ms(session.ends_at)))}>
                {minuteOf(ms(session.starts_at))}–{minuteOf(ms(session.ends_at))}
              </Button>
            ))}
            <Button size="small" onClick={() => setWindow(day)}>
              {t('recordings.wholeDay')}
            </Button>
            <Button size="small" icon={<LeftOutlined />} aria-label={t('recordings.earlier')} onClick={() => setWindow(pan(day, window, -0.5))} />
            <Button size="small" icon={<RightOutlined />} aria-label={t('recordings.later')} onClick={() => setWindow(pan(day, window, 0.5))} />
            <Button size="small" icon={<ZoomInOutlined />} aria-label={t('recordings.zoomIn')} onClick={() => setWindow(zoom(day, window, centre, 0.5))} />
            <Button size="small" icon={<ZoomOutOutlined />} aria-label={t('recordings.zoomOut')} onClick={() => setWindow(zoom(day, window, centre, 2))} />
          </Space>
        }
      >
        <TimeLine
          day={day}
          window={window}
          all={all}
          sessions={recordings.sessions}
          cursor={cursor}
          onWindow={setWindow}
          onPick={(picked) => {
            setCursor(picked);
            onAt(Math.floor(picked));
          }}
        />
        <Legend />
      </Card>
      {playable ? (
        <SegmentPlayer key={at} footage={segments} from={at} onAt={setCursor} />
      ) : (
        <NoFootage at={at} instant={at === null ? null : instantOf(all, at, now)} />
      )}
      <GapTable all={all} onPick={(start, end) => setWindow(around(day, start, end))} />
    </>
  );
}

function Legend() {
  const { t } = useTranslation();
  return (
    <div className={styles.legend}>
      <span>
        <i className={styles.recorded} />
        {t('recordings.recorded')}
      </span>
      <span>
        <i className={styles.missing} />
        {t('recordings.missing')}
      </span>
      <span>
        <i className={styles.pruned} />
        {t('cause.pruned')}
      </span>
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
