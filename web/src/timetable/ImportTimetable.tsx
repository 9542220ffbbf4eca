import { Form, InputNumber } from 'antd';
import { api, address } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import type { Class } from '~/api/schema.d.ts';
import { FilePick } from '~/files/FilePick.tsx';
import { useTranslation } from '~/i18n/index.ts';
import { ImportDialog } from '~/imports/ImportDialog.tsx';
import { asTable } from '~/imports/table.ts';
import { RuleFindings } from '~/rules/RuleFindings.tsx';
import styles from './timetable.module.css';
import { useTimetableWords } from './words.ts';

interface Papers {
  syllabus_file_id: string;
  plan_file_id: string;
  months: number;
}

/** R7.2a: a timetable out of a table, a row a lesson; the trial says what the rules miss in it. */
export function ImportTimetable({ one, onClose }: { one: Class; onClose: () => void }) {
  const { t } = useTranslation();
  const say = useTimetableWords();
  const needed = [{ required: true, message: t('common.required') }];
  return (
    <ImportDialog<Papers>
      title={say('import')}
      hint={say('importHint')}
      template={{ href: address.template('timetable'), name: `${say('importTemplate')}.xlsx` }}
      trial
      initial={{ months: 3 }}
      stale={['classes']}
      onClose={onClose}
      send={async (papers, file, dry_run) => {
        const { rows, ignored_headings, timetable } = await ask(
          api.POST('/classes/{id}/timetables/import', { params: { path: { id: one.id }, query: { ...papers, dry_run } }, ...asTable(file) }),
        );
        const note = timetable.findings.length > 0 && (
          <div style={{ marginTop: 10 }}>
            <b>{say('importFindings')}</b>
            <RuleFindings findings={timetable.findings} />
          </div>
        );
        return { rows, ignored: ignored_headings, note };
      }}
    >
      <div className={styles.pair}>
        <Form.Item name="syllabus_file_id" label={say('syllabus')} rules={needed}>
          <FilePick institution={one.institution.id} />
        </Form.Item>
        <Form.Item name="plan_file_id" label={say('plan')} rules={needed}>
          <FilePick institution={one.institution.id} />
        </Form.Item>
        <Form.Item name="months" label={say('months')} rules={needed}>
          <InputNumber min={1} max={24} precision={0} style={{ width: '100%' }} />
        </Form.Item>
      </div>
    </ImportDialog>
  );
}
