import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Radio, Tag } from 'antd';
import { useState } from 'react';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import type { Class, SpotCheckDraw, SpotCheckResult, StudentRef } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import { useTranslation } from '~/i18n/index.ts';
import { RuleFindings } from '~/rules/RuleFindings.tsx';
import { ms, stampOf } from '~/time/zone.ts';
import { FormDialog } from '~/ui/FormDialog.tsx';
import { Hash } from '~/ui/Hash.tsx';
import { Loaded } from '~/ui/Loaded.tsx';
import { spotChecksQuery } from './queries.ts';
import { Empty, Section } from './Section.tsx';
import styles from './settlement.module.css';
import { useSettlementWords } from './words.ts';

/** R4.4: students drawn by lot whom the centre queries itself. */
export function SpotCheckSection({ one }: { one: Class }) {
  const say = useSettlementWords();
  const draws = useMay('reckon_subsidy');
  const query = useQuery(spotChecksQuery(one.id));
  const [drawing, setDrawing] = useState(false);
  const [recording, setRecording] = useState<StudentRef | null>(null);
  const again = (query.data?.draws.length ?? 0) > 0;
  return (
    <Section
      id="spot-checks"
      title={say('spotChecks')}
      hint={say('spotHint')}
      tools={
        draws && (
          <Button size="small" type={again ? 'default' : 'primary'} onClick={() => setDrawing(true)} disabled={query.data === undefined} data-testid="draw-students">
            {say(again ? 'spotAgain' : 'spotDraw')}
          </Button>
        )
      }
    >
      <Loaded query={query}>
        {(checks) => (
          <>
            {checks.draws.length === 0 && <Empty what={say('spotNone')} />}
            {checks.draws.toReversed().map((draw, n) => (
              <Draw key={draw.id} draw={draw} counts={n === 0} results={checks.results} onRecord={draws ? setRecording : undefined} />
            ))}
            {checks.draws.length > 0 && checks.findings.length > 0 && <RuleFindings findings={checks.findings} />}
          </>
        )}
      </Loaded>
      {drawing && <DrawDialog classId={one.id} again={again} onClose={() => setDrawing(false)} />}
      {recording !== null && <ResultDialog classId={one.id} student={recording} onClose={() => setRecording(null)} />}
    </Section>
  );
}

interface DrawProps {
  draw: SpotCheckDraw;
  counts: boolean;
  results: readonly SpotCheckResult[];
  onRecord: ((student: StudentRef) => void) | undefined;
}

function Draw({ draw, counts, results, onRecord }: DrawProps) {
  const { marks } = useTranslation();
  const say = useSettlementWords();
  return (
    <div className={styles.box} data-tone={counts ? 'wait' : undefined} data-testid="spot-draw">
      <div className={styles.one}>
        <b>{say('spotOf', { number: draw.number, name: draw.drawn_by.display_name, at: stampOf(ms(draw.drawn_at)) })}</b>
        {counts && <Tag variant="filled">{say('spotCounts')}</Tag>}
      </div>
      <div className={styles.quiet}>
        {say('spotFrom', { count: draw.candidates.length })} · {say('seed')} <Hash value={draw.seed} short={16} />
        {draw.reason != null && ` · ${say('spotAgainReason')}${marks.colon}${draw.reason}`}
      </div>
      {draw.drawn.map((student) => {
        const result = results.find((one) => one.student.student_id === student.student_id);
        return (
          <div key={student.student_id} className={styles.one}>
            <span>{student.name}</span>
            <Tag color={result === undefined ? 'warning' : result.agrees ? 'success' : 'error'} variant="filled">
              {say(result === undefined ? 'spotOpen' : result.agrees ? 'spotAgrees' : 'spotDiffers')}
            </Tag>
            {result !== undefined && result.note !== '' && <span className={styles.quiet}>{result.note}</span>}
            {result === undefined && counts && onRecord !== undefined && (
              <Button size="small" onClick={() => onRecord(student)} data-testid="record-spot">
                {say('spotResult')}
              </Button>
            )}
          </div>
        );
      })}
    </div>
  );
}

function DrawDialog({ classId, again, onClose }: { classId: string; again: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const say = useSettlementWords();
  const [form] = Form.useForm<{ reason?: string }>();
  return (
    <FormDialog<{ reason?: string }>
      title={say(again ? 'spotAgain' : 'spotDraw')}
      hint={say('spotHint')}
      form={form}
      done={say('spotDrawn')}
      ok={say('spotDraw')}
      stale={['classes']}
      onClose={onClose}
      send={({ reason }) => ask(api.POST('/classes/{id}/spot-checks', { params: { path: { id: classId } }, body: { reason: reason?.trim() ?? '' } }))}
    >
      {again && (
        <Form.Item name="reason" label={say('spotAgainReason')} extra={say('spotAgainHint')} rules={[{ required: true, whitespace: true, message: t('common.required') }]}>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 5 }} maxLength={2000} />
        </Form.Item>
      )}
    </FormDialog>
  );
}

interface ResultForm {
  agrees: boolean;
  note?: string;
}

function ResultDialog({ classId, student, onClose }: { classId: string; student: StudentRef; onClose: () => void }) {
  const { t } = useTranslation();
  const say = useSettlementWords();
  const [form] = Form.useForm<ResultForm>();
  // Neither until one is chosen.
  const agrees: unknown = Form.useWatch('agrees', form);
  const needed = { required: true, message: t('common.required') };
  return (
    <FormDialog<ResultForm>
      title={say('spotResultOf', { name: student.name })}
      form={form}
      done={say('spotKept')}
      stale={['classes']}
      onClose={onClose}
      send={({ agrees, note }) =>
        ask(api.POST('/classes/{id}/spot-check-results', { params: { path: { id: classId } }, body: { student_id: student.student_id, agrees, note: note?.trim() ?? '' } }))
      }
    >
      <Form.Item name="agrees" label={say('result')} rules={[needed]}>
        <Radio.Group
          options={[
            { value: true, label: say('spotAgrees') },
            { value: false, label: say('spotDiffers') },
          ]}
        />
      </Form.Item>
      <Form.Item name="note" label={say('spotNote')} rules={agrees === false ? [{ ...needed, whitespace: true }] : []}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 5 }} maxLength={2000} />
      </Form.Item>
    </FormDialog>
  );
}
