import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { FindingState } from '~/api/schema.d.ts';
import { PALETTE } from '~/app/theme.ts';

const COLOURS: Record<FindingState, string> = { open: PALETTE.red, confirmed: 'volcano', dismissed: 'green', withdrawn: 'default' };

export function FindingStateTag({ state }: { state: FindingState }) {
  const { t } = useTranslation();
  return (
    <Tag color={COLOURS[state]} variant={state === 'open' ? 'solid' : 'filled'} style={{ marginInlineEnd: 0 }} data-testid="finding-state">
      {t(`findings.state.${state}`)}
    </Tag>
  );
}
