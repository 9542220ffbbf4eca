import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import { studentsQuery } from '~/api/queries.ts';
import type { Class, RuleFinding } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import { useText, useTranslation } from '~/i18n/index.ts';
import { ms, stampOf } from '~/time/zone.ts';
import { FormDialog } from '~/ui/FormDialog.tsx';
import { Loaded } from '~/ui/Loaded.tsx';
import { namesOf } from './people.ts';
import { exceptionsQuery } from './queries.ts';
import { Empty, Section } from './Section.tsx';
import styles from './settlement.module.css';
import { useSettlementWords } from './words.ts';

interface Against {
  finding: RuleFinding;
  student: string;
}

/** What keeps a student's subsidy back (R4, R7.2c), and what the centre let pass of it. */
export function ExceptionSection({ one, today }: { one: Class; today: string }) {
  const { marks } = useTranslation();
  const say = useSettlementWords();
  const text = useText();
  const passes = useMay('reckon_subsidy');
  const name = namesOf(useQuery(studentsQuery(one.id)).data ?? []);
  const query = useQuery(exceptionsQuery(one.id));
  const [passing, setPassing] = useState<Against | null>(null);
  // Until the course ends nobody can have been verified at its end: a list of everybody would hide what matters.
  const [early, setEarly] = useState(today < one.ends_on);
  return (
    <Section id="exceptions" title={say('exceptions')} hint={say('exceptionsHint')}>
      <Loaded query={query}>
        {({ findings, exceptions }) => (
          <>
            {findings.length + exceptions.length === 0 && <Empty what={say('exceptionsNone')} />}
            {early && findings.length > 0 && (
              <div className={styles.one}>
                <Empty what={say('exceptionsEarly', { date: one.ends_on })} />
                <Button size="small" type="link" onClick={() => setEarly(false)}>
                  {say('exceptionsNow')}
                </Button>
              </div>
            )}
            <AgainstEach findings={early ? [] : findings} name={name} onPass={passes ? setPassing : undefined} />
            {exceptions.map((exception) => (
              <div key={exception.id} className={styles.box} data-tone="good">
                <div className={styles.one}>
                  <b>{exception.student.name}</b>
                  <span className={styles.quiet}>
                    {exception.finding.rule} · {say('passedBy', { name: exception.decided_by.display_name, at: stampOf(ms(exception.decided_at)) })}
                  </span>
                </div>
                <div>{text(exception.finding.seen)}</div>
                <div className={styles.quiet}>
                  {say('reason')}{marks.colon}{exception.reason}
                </div>
              </div>
            ))}
          </>
        )}
      </Loaded>
      {passing !== null && <PassDialog {...passing} name={name(passing.student)} onClose={() => setPassing(null)} />}
    </Section>
  );
}

/** So many students are listed at first. */
const FIRST = 5;

interface AgainstEachProps {
  findings: readonly RuleFinding[];
  name: (id: string) => string;
  onPass: ((against: Against) => void) | undefined;
}

function AgainstEach({ findings, name, onPass }: AgainstEachProps) {
  const say = useSettlementWords();
  const text = useText();
  const [whole, setWhole] = useState(false);
  const students = [...byStudent(findings)];
  return (
    <>
      {students.slice(0, whole ? undefined : FIRST).map(([student, own]) => (
        <div key={student} className={styles.box} data-tone="bad" data-testid="against">
          <b>{student === '' ? '—' : name(student)}</b>
          {own.map((finding, n) => (
            <div key={`${n} ${finding.code}`} className={styles.one}>
              <span className={styles.quiet}>{finding.rule}</span>
              <span>
                {text(finding.expected)}；<span className={styles.missing}>{text(finding.seen)}</span>
              </span>
              {onPass !== undefined && student !== '' && (
                <Button size="small" onClick={() => onPass({ finding, student })} data-testid="let-pass">
                  {say('letPass')}
                </Button>
              )}
            </div>
          ))}
        </div>
      ))}
      {!whole && students.length > FIRST && (
        <Button size="small" style={{ alignSelf: 'flex-start' }} onClick={() => setWhole(true)}>
          {say('allStudents', { count: students.length })}
        </Button>
      )}
    </>
  );
}

/** Findings by the student whom they are about; '' for those about nobody. */
function byStudent(findings: readonly RuleFinding[]): Map<string, RuleFinding[]> {
  const found = new Map<string, RuleFinding[]>();
  for (const finding of findings) {
    const student = finding.records.find(({ kind }) => kind === 'student')?.id ?? '';
    found.set(student, [...(found.get(student) ?? []), finding]);
  }
  return found;
}

function PassDialog({ finding, student, name, onClose }: Against & { name: string; onClose: () => void }) {
  const { t } = useTranslation();
  const say = useSettlementWords();
  const text = useText();
  const [form] = Form.useForm<{ reason: string }>();
  return (
    <FormDialog<{ reason: string }>
      title={say('letPassTitle', { name })}
      hint={`${text(finding.expected)}；${text(finding.seen)}（${finding.rule}）`}
      form={form}
      done={say('letPassed')}
      ok={say('letPass')}
      stale={['classes']}
      onClose={onClose}
      send={({ reason }) => ask(api.POST('/students/{id}/exceptions', { params: { path: { id: student } }, body: { rule: finding.rule, code: finding.code, reason } }))}
    >
      <Form.Item name="reason" label={say('reason')} rules={[{ required: true, whitespace: true, message: t('common.required') }]}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={2000} />
      </Form.Item>
    </FormDialog>
  );
}
