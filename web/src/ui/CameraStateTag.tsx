import { Tag, Tooltip } from 'antd';
import type { Camera } from '~/api/schema.d.ts';
import { useTranslation } from '~/i18n/index.ts';
import { stampOf, ms } from '~/time/zone.ts';
import { cameraStateKey, causeKey } from './cameraWords.ts';

const COLOURS = { connecting: 'processing', live: 'success', stalled: 'warning', backing_off: 'warning', refused: 'error' } as const;

/** What a camera is doing, with the cause under the pointer. */
export function CameraStateTag({ camera }: { camera: Pick<Camera, 'enabled' | 'status'> }) {
  const { t } = useTranslation();
  const { enabled, status } = camera;
  if (!enabled) return <Tag variant="filled">{t('cameraState.disabled')}</Tag>;
  const why = [status.cause == null ? null : t(causeKey(status.cause)), status.detail, t('common.since', { time: stampOf(ms(status.since)) })];
  return (
    <Tooltip title={why.filter((part) => part != null).join(' · ')}>
      <Tag color={COLOURS[status.state]} variant="filled" style={{ marginInlineEnd: 0 }}>
        {t(cameraStateKey(status.state))}
      </Tag>
    </Tooltip>
  );
}
