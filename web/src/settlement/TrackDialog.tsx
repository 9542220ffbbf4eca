import 'dayjs/locale/zh-cn';
import { DatePicker, Form, Input, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import type { NewTrackingEntry, Occupation, TrackedNode } from '~/api/schema.d.ts';
import { useTranslation } from '~/i18n/index.ts';
import { fieldPath } from '~/report/reportFields.ts';
import { FormDialog } from '~/ui/FormDialog.tsx';
import styles from './settlement.module.css';
import { useSettlementWords } from './words.ts';

interface Line {
  student_id: string;
  occupation?: Occupation;
  note?: string;
}

interface TrackForm {
  on: Dayjs;
  lines: Line[];
}

const OCCUPATIONS = ['employed', 'business', 'none', 'unreachable'] as const satisfies readonly Occupation[];

interface TrackDialogProps {
  classId: string;
  node: TrackedNode;
  name: (id: string) => string;
  today: string;
  onClose: () => void;
}

/** Records what the students do who are still missing at a node; lines that say nothing are left for later. */
export function TrackDialog({ classId, node, name, today, onClose }: TrackDialogProps) {
  const { t } = useTranslation();
  const say = useSettlementWords();
  const [form] = Form.useForm<TrackForm>();
  const latest = today < node.until ? today : node.until;
  return (
    <FormDialog<TrackForm>
      title={say('trackingTitle', { node: say(`node.${node.node}`) })}
      hint={say('nodeSpan', { from: node.from, until: node.until })}
      width={720}
      form={form}
      initial={{ on: dayjs(latest), lines: node.missing.map((student_id) => ({ student_id })) }}
      done={say('trackingKept')}
      stale={['classes']}
      onClose={onClose}
      aim={({ field }) => aimOf(field, form.getFieldValue('lines') as Line[])}
      send={({ on, lines }) =>
        ask(
          api.POST('/classes/{id}/tracking', {
            params: { path: { id: classId } },
            body: {
              entries: told(lines).map(
                ({ student_id, occupation, note }): NewTrackingEntry => ({ student_id, node: node.node, on: on.format('YYYY-MM-DD'), occupation, note: note?.trim() ?? '' }),
              ),
            },
          }),
        )
      }
    >
      <Form.Item name="on" label={say('trackingOn')} rules={[{ required: true, message: t('common.required') }]}>
        <DatePicker allowClear={false} maxDate={dayjs(today)} style={{ width: '100%' }} />
      </Form.Item>
      <Form.List name="lines">
        {(fields) =>
          fields.map(({ key, name: n }) => {
            const student = name(node.missing[n] ?? '');
            return (
              <div key={key} className={styles.grid}>
                <span>{student}</span>
                <Form.Item name={[n, 'student_id']} hidden>
                  <Input />
                </Form.Item>
                <Form.Item name={[n, 'occupation']}>
                  <Select allowClear aria-label={`${student} · ${say('what')}`} placeholder="—" options={OCCUPATIONS.map((value) => ({ value, label: say(`occupation.${value}`) }))} />
                </Form.Item>
                <Form.Item name={[n, 'note']} style={{ gridColumn: 'span 2' }}>
                  <Input maxLength={2000} aria-label={`${student} · ${say('trackingNote')}`} placeholder={say('trackingNote')} />
                </Form.Item>
              </div>
            );
          })
        }
      </Form.List>
    </FormDialog>
  );
}

/** The lines that say something, in their order. */
function told(lines: readonly Line[]): (Line & { occupation: Occupation })[] {
  return lines.flatMap((line) => (line.occupation === undefined ? [] : [{ ...line, occupation: line.occupation }]));
}

/** `entries[1].note` at its line: those that say nothing were not sent. */
function aimOf(field: string, lines: readonly Line[]) {
  const [list, at, what] = fieldPath(field);
  const sent = typeof at === 'number' ? told(lines)[at] : undefined;
  if (list !== 'entries' || sent === undefined) return undefined;
  if (what === 'on') return ['on'];
  return ['lines', lines.findIndex((line) => line.student_id === sent.student_id), what === 'note' ? 'note' : 'occupation'];
}
