import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Checkbox, Drawer, Form, Input, Radio, Space, Switch } from 'antd';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import type { Camera } from '~/api/schema.d.ts';
import { useMessages } from '~/app/messages.tsx';
import { useSentence } from '~/app/useProblem.ts';
import { useTranslation } from '~/i18n/index.ts';
import { useFieldProblems } from '~/ui/useFieldProblems.ts';
import { toChange, toNewCamera, type CameraForm } from './cameraForm.ts';
import { isCameraUrl } from './cameraUrl.ts';
import { TryCamera } from './TryCamera.tsx';
import { VenuePick } from './VenuePick.tsx';
import { useCameraWords } from './words.ts';

interface CameraDrawerProps {
  /** Null to add one. */
  camera: Camera | null;
  onClose: () => void;
}

/** Adds or changes a camera. What is stored of its address is never shown; an empty field keeps it. */
export function CameraDrawer({ camera, onClose }: CameraDrawerProps) {
  const { t } = useTranslation();
  const say = useCameraWords();
  const message = useMessages();
  const sentence = useSentence();
  const client = useQueryClient();
  const [form] = Form.useForm<CameraForm>();
  const atFields = useFieldProblems(form);
  const save = useMutation({
    mutationFn: (values: CameraForm) =>
      camera === null
        ? ask(api.POST('/cameras', { body: toNewCamera(values) }))
        : ask(api.PATCH('/cameras/{id}', { params: { path: { id: camera.id } }, body: toChange(values) })),
    onSuccess: async () => {
      message.success(say(camera === null ? 'added' : 'changed'));
      onClose();
      await client.invalidateQueries({ queryKey: ['cameras'] });
    },
    onError: atFields,
  });
  return (
    <Drawer open destroyOnHidden size={480} title={say(camera === null ? 'add' : 'edit')} extra={camera?.address} onClose={onClose}>
      <Form<CameraForm>
        form={form}
        layout="vertical"
        initialValues={camera === null ? { transport: 'tcp' } : { name: camera.name, transport: camera.transport, enabled: camera.enabled }}
        onFinish={(values) => save.mutate(values)}
      >
        {save.isError && <Alert type="error" showIcon style={{ marginBottom: 12 }} title={sentence(save.error)} />}
        {camera === null && (
          <Form.Item name="venue_id" label={t('common.venue')} rules={[{ required: true, message: say('venueNeeded') }]}>
            <VenuePick />
          </Form.Item>
        )}
        <Form.Item name="name" label={say('name')} rules={[{ required: true, whitespace: true, message: t('common.required') }]}>
          <Input maxLength={100} />
        </Form.Item>
        <Addresses camera={camera} />
        <TryCamera form={form} />
        <Form.Item name="transport" label={say('transport')}>
          <Radio.Group options={(['tcp', 'udp'] as const).map((value) => ({ value, label: say(value) }))} />
        </Form.Item>
        {camera !== null && (
          <Form.Item name="enabled" label={say('enabled')} valuePropName="checked">
            <Switch />
          </Form.Item>
        )}
        <Space>
          <Button type="primary" htmlType="submit" loading={save.isPending}>
            {t('common.save')}
          </Button>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
        </Space>
      </Form>
    </Drawer>
  );
}

function Addresses({ camera }: { camera: Camera | null }) {
  const say = useCameraWords();
  const needed = camera === null;
  const address = (isNeeded: boolean) => ({
    validator: (_: unknown, value: string | undefined) => {
      const empty = value === undefined || value.trim() === '';
      if (empty ? !isNeeded : isCameraUrl(value)) return Promise.resolve();
      return Promise.reject(new Error(say('urlNeeded')));
    },
  });
  const pair = ({ getFieldValue }: { getFieldValue: (name: string) => string | undefined }) => ({
    validator: () => {
      const [username, password, main] = ['username', 'password', 'main_url'].map((name) => (getFieldValue(name) ?? '') !== '');
      if (username !== password) return Promise.reject(new Error(say('credentialsPair')));
      if (username === true && main !== true) return Promise.reject(new Error(say('credentialsNeedAddress')));
      return Promise.resolve();
    },
  });
  return (
    <>
      <Form.Item
        name="main_url"
        label={say('mainUrl')}
        required={needed}
        rules={[address(needed)]}
        extra={needed ? say('urlHint') : say('keepAddress')}
      >
        <Input maxLength={2048} placeholder="rtsp://192.0.2.10/stream1" autoComplete="off" />
      </Form.Item>
      <Form.Item name="sub_url" label={say('subUrl')} rules={[address(false)]}>
        <Input maxLength={2048} placeholder="rtsp://192.0.2.10/stream2" autoComplete="off" />
      </Form.Item>
      {camera?.has_sub === true && (
        <Form.Item name="remove_sub" valuePropName="checked">
          <Checkbox>{say('removeSub')}</Checkbox>
        </Form.Item>
      )}
      <div style={{ display: 'flex', gap: 16 }}>
        <Form.Item name="username" label={say('username')} style={{ flex: 1 }} rules={[pair]} dependencies={['password', 'main_url']}>
          <Input maxLength={128} autoComplete="off" />
        </Form.Item>
        <Form.Item name="password" label={say('password')} style={{ flex: 1 }} extra={say('passwordHint')} dependencies={['username']}>
          <Input type="password" maxLength={256} autoComplete="new-password" />
        </Form.Item>
      </div>
    </>
  );
}
