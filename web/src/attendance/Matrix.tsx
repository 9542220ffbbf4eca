import { useState } from 'react';
import type { AttendanceMonth } from '~/api/schema.d.ts';
import { useTranslation } from '~/i18n/index.ts';
import styles from './attendance.module.css';
import { CellDetail } from './CellDetail.tsx';
import { moveInGrid } from './grid.ts';
import type { MatrixCell, MatrixRow } from './matrix.ts';
import { useAttendanceWords } from './words.ts';

interface MatrixProps {
  month: AttendanceMonth;
  rows: readonly MatrixRow[];
  /** Whether the reader may know what the cameras saw. */
  watches: boolean;
}

/** Student by day: how each day stands, what report and cameras say of it, and where they disagree. */
export function Matrix({ month, rows, watches }: MatrixProps) {
  const say = useAttendanceWords();
  const [chosen, setChosen] = useState<readonly [string, string] | null>(null);
  const row = rows.find(({ line }) => line.student.student_id === chosen?.[0]);
  const cell = row?.cells.get(chosen?.[1] ?? '');
  return (
    <>
      <div className={styles.scroll} tabIndex={-1}>
        <table className={styles.grid} aria-label={say('matrix')} onKeyDown={moveInGrid} data-testid="matrix">
          <thead>
            <tr>
              <th scope="col">{say('student')}</th>
              <th scope="col">{say('rate')}</th>
              {month.days.map(({ date }) => (
                <th key={date} scope="col" title={date}>
                  {Number(date.slice(8))}
                </th>
              ))}
              <th scope="col">{say('days')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((one, index) => (
              <Row key={one.line.student.student_id} row={one} index={index} days={month.days} chosen={chosen} watches={watches} onChoose={(date) => setChosen([one.line.student.student_id, date])} />
            ))}
          </tbody>
        </table>
      </div>
      <Legend watches={watches} />
      {row !== undefined && cell !== undefined && <CellDetail row={row} cell={cell} classId={month.class.id} watches={watches} />}
    </>
  );
}

interface RowProps {
  row: MatrixRow;
  index: number;
  days: AttendanceMonth['days'];
  chosen: readonly [string, string] | null;
  watches: boolean;
  onChoose: (date: string) => void;
}

function Row({ row: { line, cells }, index, days, chosen, watches, onChoose }: RowProps) {
  const say = useAttendanceWords();
  const { student, rate, totals } = line;
  const first = days.findIndex(({ date }) => cells.has(date));
  return (
    <tr>
      <th scope="row">{student.name}</th>
      <td className={rate.reaches ? undefined : styles.low} title={rate.reaches ? undefined : say('rateLow')} style={{ paddingInline: 6 }}>
        {rate.due === 0 ? '—' : rate.text}
      </td>
      {days.map(({ date }, column) => {
        const cell = cells.get(date);
        return (
          <td key={date}>
            {cell === undefined ? (
              <span className={styles.none} title={say('notOver')}>
                ·
              </span>
            ) : (
              <Cell
                cell={cell}
                name={student.name}
                place={[index, column]}
                reached={index === 0 && column === first}
                chosen={chosen?.[0] === student.student_id && chosen[1] === date}
                watches={watches}
                onChoose={() => onChoose(date)}
              />
            )}
          </td>
        );
      })}
      <td style={{ paddingInline: 8 }}>{`${totals.present} / ${totals.sick} / ${totals.personal} / ${totals.absent}`}</td>
    </tr>
  );
}

interface CellProps {
  cell: MatrixCell;
  name: string;
  place: readonly [number, number];
  /** The one cell that the Tab key reaches; arrow keys lead on. */
  reached: boolean;
  chosen: boolean;
  watches: boolean;
  onChoose: () => void;
}

function Cell({ cell: { date, cell, said, saw, differs }, name, place: [row, column], reached, chosen, watches, onChoose }: CellProps) {
  const say = useAttendanceWords();
  const told = [say('cell', { name, date }), say(`standing.${cell.standing}`), ...(differs ? [say('differs')] : [])].join('，');
  return (
    <button
      type="button"
      className={styles.cell}
      data-standing={cell.standing}
      data-differs={differs}
      data-row={row}
      data-column={column}
      tabIndex={reached || chosen ? 0 : -1}
      aria-pressed={chosen}
      aria-label={told}
      title={told}
      onClick={onChoose}
    >
      <span aria-hidden>{say(`short.${cell.standing}`)}</span>
      <span className={styles.dots} aria-hidden>
        <i className={styles.dot} data-yes={said === null ? undefined : said === 'present'} />
        {watches && <i className={styles.dot} data-yes={saw === null || saw === 'unclear' ? undefined : saw === 'seen'} />}
      </span>
    </button>
  );
}

function Legend({ watches }: { watches: boolean }) {
  const { marks } = useTranslation();
  const say = useAttendanceWords();
  return (
    <ul className={styles.legend} aria-label={say('legend')}>
      {(['present', 'stated', 'sick', 'personal', 'absent'] as const).map((standing) => (
        <li key={standing}>
          <b>{say(`short.${standing}`)}</b> {say(`standing.${standing}`)}
        </li>
      ))}
      <li>
        <i className={styles.dot} data-yes="true" /> {say('report')}
        {watches && ` / ${say('camera')}`}{marks.colon}{say('said.present')}
      </li>
      <li>
        <i className={styles.dot} data-yes="false" /> {say('value.absent')}
      </li>
      <li>
        <span className={styles.cell} data-differs="true" style={{ width: 18, height: 14, display: 'inline-block', padding: 0 }} /> {say('differs')}
      </li>
    </ul>
  );
}
