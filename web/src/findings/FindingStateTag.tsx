import { Tag } from 'antd';
import type { FindingState } from '~/api/schema.d.ts';
import { useTranslation } from '~/i18n/index.ts';
import { AlarmTag } from '~/ui/AlarmTag.tsx';

const COLOURS = { confirmed: 'error', dismissed: 'success', withdrawn: 'default' } as const satisfies Record<Exclude<FindingState, 'open'>, string>;

export function FindingStateTag({ state }: { state: FindingState }) {
  const { t } = useTranslation();
  const word = t(`findings.state.${state}`);
  if (state === 'open') return <AlarmTag data-testid="finding-state">{word}</AlarmTag>;
  return (
    <Tag color={COLOURS[state]} variant="filled" style={{ marginInlineEnd: 0 }} data-testid="finding-state">
      {word}
    </Tag>
  );
}
