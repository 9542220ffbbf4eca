import { Link } from '@tanstack/react-router';
import { Tag } from 'antd';
import type { Shown } from '~/api/schema.d.ts';
import { useText, useTranslation } from '~/i18n/index.ts';
import styles from './attendance.module.css';
import type { MatrixCell, MatrixRow } from './matrix.ts';
import { useAttendanceWords } from './words.ts';

interface CellDetailProps {
  row: MatrixRow;
  cell: MatrixCell;
  classId: string;
  watches: boolean;
}

/** Everything that is known of a student's day, source by source. */
export function CellDetail({ row, cell: { date, cell, said, saw, differs }, classId, watches }: CellDetailProps) {
  const { marks } = useTranslation();
  const say = useAttendanceWords();
  const text = useText();
  const end = (shown: Shown) => say(`by.${shown.by}`);
  return (
    <section className={styles.detail} aria-live="polite" data-testid="cell-detail">
      <b>{row.line.student.name}</b>{' '}
      <Link to="/classes/$classId/days/$date" params={{ classId, date }}>
        {date}
      </Link>{' '}
      <Tag color={cell.value === 'present' ? 'success' : cell.value === 'absent' ? 'error' : 'warning'} variant="filled">
        {say(`standing.${cell.standing}`)}
      </Tag>
      {differs && (
        <Tag color="error" variant="filled">
          {say('differs')}
        </Tag>
      )}
      <dl>
        <dt>{say('in')}</dt>
        <dd>{end(cell.sign_in)}</dd>
        <dt>{say('out')}</dt>
        <dd>{end(cell.sign_out)}</dd>
        <dt>{say('report')}</dt>
        <dd>{said === null ? say('reportNone') : say(`said.${said}`)}</dd>
        <dt>{say('camera')}</dt>
        <dd>{!watches ? say('cameraOff') : saw === null ? say('cameraNone') : say(`saw.${saw}`)}</dd>
        {cell.reasons.length > 0 && (
          <>
            <dt>{say('why')}</dt>
            <dd>{cell.reasons.map((reason) => text(reason.text)).join(marks.sentence)}</dd>
          </>
        )}
      </dl>
    </section>
  );
}
