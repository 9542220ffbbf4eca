import { Form } from 'antd';
import { useState } from 'react';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import type { AttendanceMonth, DayValue } from '~/api/schema.d.ts';
import { FilePick } from '~/files/FilePick.tsx';
import { FormDialog } from '~/ui/FormDialog.tsx';
import styles from './attendance.module.css';
import { moveInGrid } from './grid.ts';
import { useAttendanceWords } from './words.ts';

const VALUES = ['present', 'sick', 'personal', 'absent'] as const satisfies readonly DayValue[];
type Sheet = Readonly<Record<string, Readonly<Record<string, DayValue>>>>;

/** R7.3c: the month's summary as it hangs in the classroom, filled in from what was handed in before, else from the punches. */
export function SummaryDialog({ attendance, onClose }: { attendance: AttendanceMonth; onClose: () => void }) {
  const say = useAttendanceWords();
  const [form] = Form.useForm<{ file_id?: string | null }>();
  const [sheet, setSheet] = useState<Sheet>(() => started(attendance));
  const { class: of, month, days, lines, handed_in } = attendance;
  const over = days.filter((day) => day.over);
  const turn = (student: string, date: string) => {
    const own = sheet[student] ?? {};
    const next = VALUES[(VALUES.indexOf(own[date] ?? 'absent') + 1) % VALUES.length] ?? 'present';
    setSheet({ ...sheet, [student]: { ...own, [date]: next } });
  };
  return (
    <FormDialog<{ file_id?: string | null }>
      title={say('summary')}
      hint={say('summaryHint')}
      form={form}
      width={900}
      initial={{ file_id: handed_in?.file_id }}
      done={say('summaryDone')}
      stale={['classes']}
      onClose={onClose}
      send={({ file_id }) =>
        ask(
          api.PUT('/classes/{id}/months/{month}/summary', {
            params: { path: { id: of.id, month } },
            body: { file_id: file_id ?? null, lines: Object.entries(sheet).map(([student_id, cells]) => ({ student_id, cells })) },
          }),
        )
      }
    >
      <Form.Item name="file_id" label={say('summaryScan')}>
        <FilePick />
      </Form.Item>
      <div className={styles.scroll} style={{ maxHeight: '50vh' }}>
        <table className={styles.grid} aria-label={say('form')} onKeyDown={moveInGrid}>
          <thead>
            <tr>
              <th scope="col">{say('student')}</th>
              {over.map(({ date }) => (
                <th key={date} scope="col" title={date}>
                  {Number(date.slice(8))}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map(({ student }, row) => (
              <tr key={student.student_id}>
                <th scope="row">{student.name}</th>
                {over.map(({ date }, column) => {
                  const value = sheet[student.student_id]?.[date];
                  return (
                    <td key={date}>
                      {value !== undefined && (
                        <button
                          type="button"
                          className={styles.cell}
                          style={{ gridTemplateRows: '26px' }}
                          data-standing={value}
                          data-row={row}
                          data-column={column}
                          tabIndex={row === 0 && column === 0 ? 0 : -1}
                          aria-label={`${say('cell', { name: student.name, date })}，${say(`value.${value}`)}`}
                          onClick={() => turn(student.student_id, date)}
                        >
                          {say(`short.${value}`)}
                        </button>
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </FormDialog>
  );
}

function started({ lines, handed_in }: AttendanceMonth): Sheet {
  const before = new Map(handed_in?.lines.map(({ student_id, cells }) => [student_id, cells]));
  return Object.fromEntries(
    lines.map(({ student, cells }) => [student.student_id, Object.fromEntries(cells.map(({ date, value }) => [date, before.get(student.student_id)?.[date] ?? value]))]),
  );
}
