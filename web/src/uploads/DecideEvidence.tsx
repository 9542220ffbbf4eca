import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Form, Input, Select, Space } from 'antd';
import { useState } from 'react';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import type { NewUploadDecision, Upload, UploadEvidence, UploadStanding } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import { useMessages } from '~/app/messages.tsx';
import { RuleFindings } from '~/rules/RuleFindings.tsx';
import { ms, stampOf } from '~/time/zone.ts';
import { FormDialog } from '~/ui/FormDialog.tsx';
import { Loaded } from '~/ui/Loaded.tsx';
import { Refused } from '~/ui/Refused.tsx';
import { uploadEvidenceQuery } from './queries.ts';
import { useLessons } from './useLessons.ts';
import styles from './uploads.module.css';
import { useUploadWords } from './words.ts';

/** Whether a video counts as evidence (R9.1): what stands against it, and the decision of a person who has watched it. */
export function DecideEvidence({ upload }: { upload: Upload }) {
  const say = useUploadWords();
  const reads = useMay('read_finding');
  const query = useQuery({ ...uploadEvidenceQuery(upload.id), enabled: reads });
  return (
    <Card size="small" title={say('evidence.title')} data-testid="evidence-decision">
      {reads ? <Loaded query={query}>{(evidence) => <Judged upload={upload} evidence={evidence} />}</Loaded> : upload.evidence != null && <Stands standing={upload.evidence} classId={upload.class.id} />}
    </Card>
  );
}

function Stands({ standing, classId }: { standing: UploadStanding; classId: string }) {
  const say = useUploadWords();
  const lesson = useLessons(classId)?.find((one) => one.value === standing.session_id);
  const by = { by: standing.decided_by?.display_name ?? '—', at: standing.decided_at == null ? '—' : stampOf(ms(standing.decided_at)) };
  switch (standing.state) {
    case 'undecided':
      return <Alert type="info" showIcon title={say('evidence.undecidedHint')} />;
    case 'taken':
      return <Alert type="success" showIcon title={say('evidence.takenBy', by)} description={lesson?.label} />;
    case 'turned_down':
      return <Alert type="warning" showIcon title={say('evidence.turnedDownBy', by)} description={<span style={{ whiteSpace: 'pre-wrap' }}>{standing.reason}</span>} />;
  }
}

function Judged({ upload, evidence }: { upload: Upload; evidence: UploadEvidence }) {
  const say = useUploadWords();
  const decides = useMay('take_evidence');
  return (
    <>
      <Stands standing={evidence} classId={upload.class.id} />
      {evidence.state !== 'taken' && evidence.judged_for != null && (
        <>
          <h2 className={styles.heading}>{say('evidence.against')}</h2>
          {evidence.against.length === 0 ? <span className={styles.quiet}>{say('evidence.againstNone')}</span> : <RuleFindings findings={evidence.against} most={6} data-testid="against" />}
        </>
      )}
      {decides ? <Decision upload={upload} evidence={evidence} /> : evidence.state === 'undecided' && <p className={styles.quiet}>{say('evidence.readOnly')}</p>}
    </>
  );
}

function Decision({ upload, evidence }: { upload: Upload; evidence: UploadEvidence }) {
  const say = useUploadWords();
  const client = useQueryClient();
  const message = useMessages();
  const lessons = useLessons(upload.class.id);
  const [lesson, setLesson] = useState<string | undefined>(evidence.judged_for ?? undefined);
  const [turning, setTurning] = useState(false);
  const [form] = Form.useForm<{ reason: string }>();
  const send = (body: NewUploadDecision) => ask(api.POST('/uploads/{id}/evidence', { params: { path: { id: upload.id } }, body }));
  const take = useMutation({
    mutationFn: (session_id: string) => send({ outcome: 'taken', revision: evidence.revision, session_id }),
    onSuccess: async (after) => {
      client.setQueryData(uploadEvidenceQuery(upload.id).queryKey, after);
      message.success(say('evidence.taken'));
      await Promise.all(['uploads', 'classes'].map((key) => client.invalidateQueries({ queryKey: [key] })));
    },
  });
  // Of any other lesson only the answer says what stands against it.
  const stopped = lesson === evidence.judged_for && evidence.against.length > 0;
  return (
    <div style={{ marginTop: 14 }}>
      <Refused error={take.error} />
      {evidence.state !== 'taken' && (
        <Form layout="vertical" component="div">
          <Form.Item label={say('evidence.lesson')} htmlFor="evidence-lesson" extra={say('evidence.lessonHint')}>
            <Select<string> id="evidence-lesson" showSearch={{ optionFilterProp: 'label' }} loading={lessons === undefined} value={lesson} onChange={setLesson} options={lessons} />
          </Form.Item>
        </Form>
      )}
      <Space wrap>
        {evidence.state !== 'taken' && (
          <Button type="primary" disabled={lesson === undefined || stopped} loading={take.isPending} onClick={() => lesson !== undefined && take.mutate(lesson)} data-testid="take-upload">
            {say('evidence.take')}
          </Button>
        )}
        {evidence.state !== 'turned_down' && (
          <Button danger onClick={() => setTurning(true)} data-testid="turn-down-upload">
            {say(evidence.state === 'taken' ? 'evidence.untake' : 'evidence.turnDown')}
          </Button>
        )}
      </Space>
      {turning && (
        <FormDialog
          title={say(evidence.state === 'taken' ? 'evidence.untake' : 'evidence.turnDown')}
          hint={say('evidence.reasonHint')}
          form={form}
          send={({ reason }) => send({ outcome: 'turned_down', revision: evidence.revision, reason: reason.trim() })}
          done={say('evidence.turned_down')}
          stale={['uploads', 'classes']}
          onClose={() => setTurning(false)}
        >
          <Form.Item name="reason" label={say('evidence.reason')} rules={[{ required: true, whitespace: true, message: say('evidence.reasonNeeded') }]}>
            <Input.TextArea autoSize={{ minRows: 3, maxRows: 8 }} maxLength={2000} showCount />
          </Form.Item>
        </FormDialog>
      )}
    </div>
  );
}
