import { Tag } from 'antd';
import { LockOutlined, SyncOutlined } from '@ant-design/icons';
import type { ClipState } from '~/api/schema.d.ts';
import { useClipWords } from './words.ts';

const LOOKS = {
  requested: { color: 'processing', icon: <SyncOutlined spin /> },
  sealed: { color: 'success', icon: <LockOutlined /> },
  failed: { color: 'error', icon: undefined },
} as const satisfies Record<ClipState, object>;

export function ClipStateTag({ state }: { state: ClipState }) {
  const say = useClipWords();
  const { color, icon } = LOOKS[state];
  return (
    <Tag color={color} icon={icon} variant="filled" style={{ marginInlineEnd: 0 }} data-testid="clip-state">
      {say(`state.${state}`)}
    </Tag>
  );
}
