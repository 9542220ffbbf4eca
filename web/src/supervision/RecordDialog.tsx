import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Alert, Form, Input } from 'antd';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import { classDayQuery } from '~/api/queries.ts';
import type { ClassDay, RemoteSupervision, Signing, Watch } from '~/api/schema.d.ts';
import { useMe } from '~/app/access.ts';
import { useNow } from '~/app/clock.ts';
import { SignDialog } from '~/sign/SignDialog.tsx';
import { duration } from '~/time/amounts.ts';
import { dateOf, minuteOf } from '~/time/zone.ts';
import { Waiting } from '~/ui/Waiting.tsx';
import { toChecklist, untouched, type ChecklistForm } from './checklist.ts';
import { ChecklistFields } from './ChecklistFields.tsx';
import { newestWatchesQuery, remoteRecordsQuery } from './queries.ts';
import styles from './supervision.module.css';
import { secondsOf, viewingsFor } from './viewings.ts';
import { useSupervisionWords } from './words.ts';

interface RecordForm {
  checklist: ChecklistForm;
  remark?: string;
}

interface RecordDialogProps {
  classId: string;
  className: string;
  onClose: () => void;
}

/** Signs a record of remote supervision of today. The watching comes from the system's own log, and is shown before one signs. */
export default function RecordDialog({ classId, className, onClose }: RecordDialogProps) {
  const say = useSupervisionWords();
  const [form] = Form.useForm<RecordForm & Signing>();
  return (
    <SignDialog<RecordForm>
      title={say('recordFor', { name: className })}
      hint={say('recordHint')}
      width={640}
      form={form}
      initial={{ checklist: untouched() }}
      done={say('recorded')}
      stale={['classes', 'watches']}
      onClose={onClose}
      send={({ checklist, remark }, signing) =>
        ask(
          api.POST('/classes/{id}/remote-supervisions', {
            params: { path: { id: classId } },
            body: { checklist: toChecklist(checklist), remark: remark?.trim() ?? '', signing },
          }),
        )
      }
    >
      <Watched classId={classId} />
      <ChecklistFields form={form as never} />
      <Form.Item name="remark" label={say('remark')}>
        <Input.TextArea autoSize={{ minRows: 1, maxRows: 5 }} maxLength={2000} />
      </Form.Item>
    </SignDialog>
  );
}

/** The viewings that the record will rest on. */
function Watched({ classId }: { classId: string }) {
  const today = dateOf(useNow());
  const day = useQuery(classDayQuery(classId, today)).data;
  const records = useQuery(remoteRecordsQuery(classId)).data;
  const watches = useQuery(newestWatchesQuery).data;
  if (day === undefined || records === undefined || watches === undefined) return <Waiting rows={2} />;
  return <Viewings day={day} records={records} watches={watches} />;
}

function Viewings({ day, records, watches }: { day: ClassDay; records: readonly RemoteSupervision[]; watches: readonly Watch[] }) {
  const say = useSupervisionWords();
  const me = useMe();
  const now = useNow('second');
  const viewings = viewingsFor(watches, day.sessions, records, me.user_id, now);
  if (viewings.length === 0) {
    return (
      <Alert
        type="warning"
        showIcon
        style={{ marginBottom: 12 }}
        title={say(day.sessions.length === 0 ? 'noSession' : 'noViewing')}
        description={
          <>
            {say('noViewingHint')} <Link to="/wall">{say('openWall')}</Link>
          </>
        }
        data-testid="no-viewing"
      />
    );
  }
  return (
    <section className={styles.viewings} aria-label={say('viewings')} data-testid="viewings">
      <h3>{say('viewings')}</h3>
      <ul>
        {viewings.map((viewing) => (
          <li key={viewing.id}>
            {viewing.open
              ? say('viewingOpen', { camera: viewing.camera, from: minuteOf(viewing.from) })
              : say('viewing', { camera: viewing.camera, from: minuteOf(viewing.from), to: minuteOf(viewing.to) })}
          </li>
        ))}
      </ul>
      <b>{say('viewed', { length: duration(secondsOf(viewings)) })}</b>
    </section>
  );
}
