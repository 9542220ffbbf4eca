import { Button, Card, Form, Input } from 'antd';
import { useState } from 'react';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import type { CameraHealth } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import { ms, stampOf } from '~/time/zone.ts';
import { FormDialog } from '~/ui/FormDialog.tsx';
import styles from './health.module.css';
import { useHealthWords } from './words.ts';

/** The picture that a camera is held against, and the way to a new one. */
export function ReferenceCard({ health }: { health: CameraHealth }) {
  const say = useHealthWords();
  const edits = useMay('edit_camera');
  const [renewing, setRenewing] = useState(false);
  const [form] = Form.useForm<{ reason: string }>();
  const { camera, reference } = health;
  return (
    <Card
      size="small"
      title={say('reference')}
      extra={
        edits &&
        reference != null && (
          <Button size="small" onClick={() => setRenewing(true)}>
            {say('renew')}
          </Button>
        )
      }
    >
      <div className={styles.reference}>
        {reference?.url != null && <img src={reference.url} alt={say('reference')} loading="lazy" />}
        <p className={styles.quiet}>{reference == null ? say('referenceNone') : say('referenceTaken', { at: stampOf(ms(reference.taken_at)), count: reference.samples })}</p>
        <p className={styles.quiet}>{say('referenceHint')}</p>
      </div>
      {renewing && reference != null && (
        <FormDialog
          title={say('renew')}
          hint={say('renewHint')}
          form={form}
          done={say('renewed')}
          stale={['cameras']}
          send={({ reason }) => ask(api.POST('/cameras/{id}/reference', { params: { path: { id: camera.id } }, body: { taken_at: reference.taken_at, reason: reason.trim() } }))}
          onClose={() => setRenewing(false)}
        >
          <Form.Item name="reason" label={say('reason')} rules={[{ required: true, whitespace: true, message: say('reasonNeeded') }]}>
            <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={2000} />
          </Form.Item>
        </FormDialog>
      )}
    </Card>
  );
}
