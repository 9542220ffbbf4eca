import 'dayjs/locale/zh-cn';
import { useQuery } from '@tanstack/react-query';
import { Button, DatePicker, Form, Tag } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import { useMay } from '~/app/access.ts';
import { FileLink } from '~/files/FileLink.tsx';
import { FilePick } from '~/files/FilePick.tsx';
import { dateOf, ms } from '~/time/zone.ts';
import { FormDialog } from '~/ui/FormDialog.tsx';
import { Loaded } from '~/ui/Loaded.tsx';
import styles from './enrolment.module.css';
import { consentsQuery } from './queries.ts';
import { useEnrolmentWords } from './words.ts';

interface ConsentsProps {
  student: string;
  /** Whether they have consented as it stands. */
  given: boolean;
  today: string;
}

/** The ledger of a student's separate consent to face recognition. */
export function Consents({ student, given, today }: ConsentsProps) {
  const say = useEnrolmentWords();
  const query = useQuery(consentsQuery(student));
  const edits = useMay('edit_roster');
  const [adding, setAdding] = useState(false);
  return (
    <section className={styles.section}>
      <h3>
        {say('consents')}
        {edits && (
          <Button size="small" danger={given} onClick={() => setAdding(true)} data-testid="consent">
            {say(given ? 'consentTake' : 'consentGive')}
          </Button>
        )}
      </h3>
      <Loaded query={query}>
        {(lines) =>
          lines.length === 0 ? (
            <span className={styles.quiet}>{say('consentNone')}</span>
          ) : (
            <ol className={styles.lines}>
              {lines.map((line) => (
                <li key={line.seq}>
                  <Tag color={line.given ? 'success' : 'warning'} variant="filled">
                    {say(line.given ? 'consentGiven' : 'consentTaken')}
                  </Tag>
                  <span>{line.dated ?? dateOf(ms(line.recorded_at))}</span>
                  {line.file_id != null && <FileLink id={line.file_id} />}
                  <span className={styles.quiet}>{line.recorded_by?.display_name}</span>
                </li>
              ))}
            </ol>
          )
        }
      </Loaded>
      {adding && <ConsentDialog student={student} give={!given} today={today} onClose={() => setAdding(false)} />}
    </section>
  );
}

interface ConsentForm {
  dated?: Dayjs | null;
  file_id?: string | null;
}

function ConsentDialog({ student, give, today, onClose }: { student: string; give: boolean; today: string; onClose: () => void }) {
  const say = useEnrolmentWords();
  const [form] = Form.useForm<ConsentForm>();
  return (
    <FormDialog<ConsentForm>
      title={say(give ? 'consentGive' : 'consentTake')}
      hint={give ? undefined : say('consentTakeHint')}
      form={form}
      initial={{ dated: dayjs(today) }}
      done={say('consentSaved')}
      stale={['classes', 'students']}
      onClose={onClose}
      send={({ dated, file_id }) =>
        ask(api.POST('/students/{id}/consents', { params: { path: { id: student } }, body: { given: give, dated: dated?.format('YYYY-MM-DD') ?? null, file_id: file_id ?? null } }))
      }
    >
      <Form.Item name="dated" label={say('consentDated')}>
        <DatePicker style={{ width: '100%' }} maxDate={dayjs(today)} />
      </Form.Item>
      <Form.Item name="file_id" label={say('consentPaper')}>
        <FilePick />
      </Form.Item>
    </FormDialog>
  );
}
