import { DownloadOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { Button, TimePicker } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { api } from '~/api/client.ts';
import { ask, Problem } from '~/api/problem.ts';
import { save } from '~/files/save.ts';
import { useText, useTranslation } from '~/i18n/index.ts';
import type { Piece } from '~/player/reel.ts';
import { duration } from '~/time/amounts.ts';
import { dateOf, instantAt, ms, timeOf } from '~/time/zone.ts';
import type { Window } from './axis.ts';
import styles from './recordings.module.css';
import { useRecordingWords } from './words.ts';

/** As much as the server takes out at once. */
const MOST_MINUTES = 30;

interface RangeBarProps {
  date: string;
  camera: string;
  reel: readonly Piece[];
  range: Window | null;
  /** The instant on the screen. */
  at: number | null;
  /** How much of the range is missing, in milliseconds. */
  missing: number;
  onRange: (range: Window | null) => void;
}

/** An exact range of the day: chosen at the pictures or by the clock, and exported as one film. */
export function RangeBar({ date, camera, reel, range, at, missing, onRange }: RangeBarProps) {
  const { t } = useTranslation();
  const say = useRecordingWords();
  const text = useText();
  const wanted = range === null ? [] : reel.filter((piece) => piece.start < range.to && range.from < piece.end);
  const tooLong = range !== null && range.to - range.from > MOST_MINUTES * 60_000;
  const taken = useMutation({
    mutationFn: async ({ from, to }: Window) => {
      const query = { from: new Date(from).toISOString(), until: new Date(to).toISOString() };
      const file: unknown = await ask(api.GET('/cameras/{id}/recordings/export', { params: { path: { id: camera }, query }, parseAs: 'blob' }));
      if (file instanceof Blob) save(file, `duxue-${camera}-${date}-${timeOf(from).replaceAll(':', '')}-${timeOf(to).replaceAll(':', '')}.zip`);
    },
  });
  const chosen = ([from, to]: readonly [Dayjs | null, Dayjs | null]) => {
    if (from !== null && to !== null) onRange(ordered(instant(date, from), instant(date, to)));
  };
  return (
    <div className={styles.range}>
      <div className={styles.rangeTools}>
        <span id="range-name">{say('range')}</span>
        <TimePicker.RangePicker
          size="small"
          aria-labelledby="range-name"
          style={{ width: 220 }}
          value={range === null ? null : [clockOf(range.from), clockOf(range.to)]}
          onChange={(next) => (next === null ? onRange(null) : chosen(next))}
          data-testid="range"
        />
        {at !== null && (
          <>
            <Button size="small" onClick={() => onRange(withEnd(range, 'from', at))} data-testid="range-from">
              {say('from')}
            </Button>
            <Button size="small" onClick={() => onRange(withEnd(range, 'until', at))} data-testid="range-until">
              {say('until')}
            </Button>
          </>
        )}
        <Button
          size="small"
          type="primary"
          icon={<DownloadOutlined />}
          disabled={range === null || wanted.length === 0 || tooLong}
          loading={taken.isPending}
          onClick={() => range !== null && taken.mutate(range)}
          data-testid="range-save"
        >
          {taken.isPending ? say('saving') : say('save')}
          {range !== null && !taken.isPending && ` (${duration((range.to - range.from) / 1000)})`}
        </Button>
        {range !== null && !taken.isPending && (
          <Button size="small" type="text" onClick={() => onRange(null)}>
            {say('clear')}
          </Button>
        )}
      </div>
      <div className={styles.rangeWords} role="status">
        {range !== null && wanted.length === 0 && <b>{say('none')} · </b>}
        {tooLong && <b>{say('tooLong', { minutes: MOST_MINUTES })} · </b>}
        {range !== null && wanted.length > 0 && missing > 0 && <b>{say('holes', { length: duration(missing / 1000) })} · </b>}
        {taken.isError ? <b className={styles.wrong}>{whyNot(taken.error)}</b> : say(taken.isSuccess ? 'saved' : 'hint')}
      </div>
    </div>
  );

  function whyNot(error: Error): string {
    if (error instanceof Problem && error.text !== null) return text(error.text);
    return t('problem.network');
  }
}

/** A range with one end moved; an end that would stand on the wrong side takes the other along. */
export function withEnd(range: Window | null, end: 'from' | 'until', at: number): Window {
  const minute = 60_000;
  if (end === 'from') return { from: at, to: range !== null && range.to > at ? range.to : at + minute };
  return { from: range !== null && range.from < at ? range.from : at - minute, to: at };
}

function ordered(one: number, other: number): Window {
  return { from: Math.min(one, other), to: Math.max(one, other) };
}

const instant = (date: string, time: Dayjs): number => ms(instantAt(date, time.format('HH:mm:ss')));
/** The picker works in the browser's own zone: it is given the office's clock time as if it were that zone's. */
const clockOf = (at: number): Dayjs => dayjs(`${dateOf(at)}T${timeOf(at)}`);
