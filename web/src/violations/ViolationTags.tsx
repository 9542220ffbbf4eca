import { Tag } from 'antd';
import type { Violation, ViolationState } from '~/api/schema.d.ts';
import { useViolationWords } from './words.ts';

const COLOURS = { open: 'processing', confirmed: 'error', dismissed: 'success', withdrawn: 'default' } as const satisfies Record<ViolationState, string>;

/** Where a violation stands, and how serious it is. */
export function ViolationTags({ violation: { state, severity } }: { violation: Pick<Violation, 'state' | 'severity'> }) {
  const say = useViolationWords();
  return (
    <>
      <Tag color={COLOURS[state]} variant="filled" data-testid="violation-state">
        {say(`state.${state}`)}
      </Tag>
      {severity != null && (
        <Tag color={severity === 'serious' ? 'error' : 'default'} variant="filled">
          {say(`severity.${severity}`)}
        </Tag>
      )}
    </>
  );
}
