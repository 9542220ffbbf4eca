import { ScissorOutlined } from '@ant-design/icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Alert, Button, Form, Modal, Select } from 'antd';
import { useState } from 'react';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import { systemQuery } from '~/api/queries.ts';
import type { DaySession } from '~/api/schema.d.ts';
import { useMessages } from '~/app/messages.tsx';
import { useSentence } from '~/app/useProblem.ts';
import { useDayWords } from '~/day/words.ts';
import { useTranslation } from '~/i18n/index.ts';
import { duration } from '~/time/amounts.ts';
import { PolicyTag } from '~/ui/PolicyTag.tsx';
import { useClipWords } from './words.ts';

/** The button and the small form that ask for a clip of a session. */
export function RequestClip({ session }: { session: DaySession }) {
  const sayDay = useDayWords();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="small" icon={<ScissorOutlined />} onClick={() => setOpen(true)} disabled={session.cameras.length === 0} data-testid="request-clip">
        {sayDay('requestClip')}
      </Button>
      {open && <RequestDialog session={session} onClose={() => setOpen(false)} />}
    </>
  );
}

function RequestDialog({ session, onClose }: { session: DaySession; onClose: () => void }) {
  const { t } = useTranslation();
  const say = useClipWords();
  const message = useMessages();
  const sentence = useSentence();
  const client = useQueryClient();
  const navigate = useNavigate();
  const policy = useQuery(systemQuery).data?.policy;
  const [form] = Form.useForm<{ camera: string }>();
  const request = useMutation({
    mutationFn: (camera_id: string) => ask(api.POST('/clips', { body: { session_id: session.id, camera_id } })),
    onSuccess: async (clip) => {
      message.success(say('requested_ok'));
      await client.invalidateQueries({ queryKey: ['clips'] });
      await navigate({ to: '/clips/$clipId', params: { clipId: clip.id } });
    },
  });
  return (
    <Modal
      open
      title={say('request')}
      okText={say('submit')}
      onCancel={onClose}
      confirmLoading={request.isPending}
      onOk={form.submit}
    >
      {request.isError && <Alert type="error" showIcon title={sentence(request.error)} style={{ marginBottom: 12 }} />}
      <p>
        {say('requestFor')} {policy !== undefined && <PolicyTag policy={policy} />}
      </p>
      {policy !== undefined && <p>{say('need', { length: duration(policy.clip_min_seconds) })}</p>}
      <Form form={form} layout="vertical" initialValues={{ camera: session.cameras[0]?.id }} onFinish={({ camera }) => request.mutate(camera)}>
        <Form.Item name="camera" label={say('pickCamera')} rules={[{ required: true, message: t('common.required') }]}>
          <Select options={session.cameras.map((camera) => ({ value: camera.id, label: camera.name }))} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
