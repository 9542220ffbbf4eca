import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Checkbox, Form } from 'antd';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import { findingsQuery } from '~/api/queries.ts';
import type { Finding, Inspection, Violation } from '~/api/schema.d.ts';
import { useTranslation } from '~/i18n/index.ts';
import { ChecklistLine } from '~/supervision/ChecklistView.tsx';
import { inspectionsQuery } from '~/supervision/queries.ts';
import { dateOf, ms } from '~/time/zone.ts';
import { FormDialog } from '~/ui/FormDialog.tsx';
import { More } from '~/ui/More.tsx';
import { Nothing } from '~/ui/Nothing.tsx';
import { Waiting } from '~/ui/Waiting.tsx';
import { charged, telling } from './ladder.ts';
import styles from './violations.module.css';
import { useViolationWords } from './words.ts';

interface ChargeForm {
  findings: string[];
  inspections: string[];
}

interface ChargeDialogProps {
  classId: string;
  violations: readonly Violation[];
  /** Grounds that are chosen from the start. */
  finding?: string;
  onClose: () => void;
}

/** Charges a violation on confirmed findings and signed sheets of a class (R7.5). */
export function ChargeDialog({ classId, violations, finding, onClose }: ChargeDialogProps) {
  const say = useViolationWords();
  const [form] = Form.useForm<ChargeForm>();
  const findings = useInfiniteQuery(findingsQuery('confirmed', classId));
  const sheets = useQuery(inspectionsQuery(classId)).data;
  const used = charged(violations);
  return (
    <FormDialog<ChargeForm>
      title={say('charge')}
      hint={say('chargeHint')}
      width={620}
      form={form}
      initial={{ findings: finding === undefined ? [] : [finding], inspections: [] }}
      done={say('charged')}
      ok={say('charge')}
      stale={['institutions', 'findings', 'classes']}
      onClose={onClose}
      send={(values) => ask(api.POST('/classes/{id}/violations', { params: { path: { id: classId } }, body: values }))}
    >
      {findings.data === undefined || sheets === undefined ? (
        <Waiting rows={4} />
      ) : (
        <Grounds findings={findings.data} sheets={telling(sheets)} used={used} />
      )}
      <More paged={findings} />
    </FormDialog>
  );
}

function Grounds({ findings, sheets, used }: { findings: readonly Finding[]; sheets: readonly Inspection[]; used: ReadonlySet<string> }) {
  const { t } = useTranslation();
  const say = useViolationWords();
  const nothing = findings.length + sheets.length === 0;
  const told = (id: string) => (used.has(id) ? `（${say('chargedAlready')}）` : '');
  if (nothing) return <Nothing what={say('chargeNone')} />;
  return (
    <>
      <Form.Item
        name="findings"
        label={say('findings')}
        hidden={findings.length === 0}
        dependencies={['inspections']}
        rules={[
          ({ getFieldValue }) => ({
            validator: (_, chosen: string[]) =>
              chosen.length + (getFieldValue('inspections') as string[]).length > 0 ? Promise.resolve() : Promise.reject(new Error(say('pickGrounds'))),
          }),
        ]}
      >
        <Checkbox.Group className={styles.options}>
          {findings.map((finding) => (
            <Checkbox key={finding.id} value={finding.id} disabled={used.has(finding.id)}>
              {dateOf(ms(finding.session.starts_at))} · {t(`findings.kind.${finding.kind}`)}
              {finding.subject != null && ` · ${finding.subject.name}`}
              {told(finding.id)}
            </Checkbox>
          ))}
        </Checkbox.Group>
      </Form.Item>
      <Form.Item name="inspections" label={say('sheets')} hidden={sheets.length === 0}>
        <Checkbox.Group className={styles.options}>
          {sheets.map((sheet) => (
            <Checkbox key={sheet.id} value={sheet.id} disabled={used.has(sheet.id)}>
              {say('sheetOf', { date: sheet.date })}
              {told(sheet.id)}
              <ChecklistLine checklist={sheet.checklist} />
            </Checkbox>
          ))}
        </Checkbox.Group>
      </Form.Item>
    </>
  );
}
