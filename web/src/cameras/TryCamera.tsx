import { EyeOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Form, type FormInstance } from 'antd';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import type { CameraTrial } from '~/api/schema.d.ts';
import { useText } from '~/i18n/index.ts';
import { bitrate } from '~/time/amounts.ts';
import { Refused } from '~/ui/Refused.tsx';
import type { CameraForm } from './cameraForm.ts';
import { isCameraUrl, withCredentials } from './cameraUrl.ts';
import { useCameraWords } from './words.ts';

const STREAMS = ['main', 'sub'] as const;

/** Looks at the addresses of the form before they are saved: the picture, or what to do about there being none. */
export function TryCamera({ form }: { form: FormInstance<CameraForm> }) {
  const say = useCameraWords();
  const urls = { main: Form.useWatch('main_url', form), sub: Form.useWatch('sub_url', form) };
  const look = useMutation({
    mutationFn: async (stream: (typeof STREAMS)[number]) => {
      const { username, password, transport } = form.getFieldsValue(['username', 'password', 'transport']) as CameraForm;
      return ask(api.POST('/cameras/try', { body: { url: withCredentials({ url: urls[stream] ?? '', username, password }), transport } }));
    },
    gcTime: 0,
  });
  const shown = STREAMS.filter((stream) => isCameraUrl(urls[stream] ?? ''));
  if (shown.length === 0) return null;
  return (
    <div style={{ marginBottom: 16 }} data-testid="try-camera">
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8, alignItems: 'center' }}>
        {shown.map((stream) => (
          <Button key={stream} icon={<EyeOutlined />} loading={look.isPending && look.variables === stream} disabled={look.isPending} onClick={() => look.mutate(stream)}>
            {shown.length > 1 ? `${say('try')} · ${say(stream)}` : say('try')}
          </Button>
        ))}
        <span style={{ color: 'var(--quiet)', fontSize: 13 }} role="status">
          {say(look.isPending ? 'trying' : 'hint')}
        </span>
      </div>
      <div style={{ marginTop: 8 }}>
        <Refused error={look.error} />
        {look.data !== undefined && <Came trial={look.data} />}
      </div>
    </div>
  );
}

function Came({ trial: { address, seen, refused } }: { trial: CameraTrial }) {
  const say = useCameraWords();
  const text = useText();
  if (seen != null) {
    const facts = [seen.frames_per_second == null ? null : say('frames', { count: Math.round(seen.frames_per_second) }), seen.bitrate_bps == null ? null : bitrate(seen.bitrate_bps)];
    return (
      <>
        <Alert type="success" showIcon title={say('seen', { address, width: seen.width, height: seen.height, codec: seen.codec })} description={facts.filter((fact) => fact !== null).join(' · ') || undefined} />
        <img src={`data:image/jpeg;base64,${seen.picture}`} alt={say('picture')} style={{ display: 'block', width: '100%', marginTop: 8, borderRadius: 6 }} />
      </>
    );
  }
  if (refused == null) return null;
  return (
    <Alert
      type="error"
      showIcon
      title={say('refused', { address })}
      description={
        <>
          <div>{text(refused.text)}</div>
          <code style={{ fontSize: 12, wordBreak: 'break-word' }}>{refused.detail}</code>
        </>
      }
    />
  );
}
