import type { ReactNode } from 'react';
import { Flex } from 'antd';

/** What stands above a list: what it is for, and what can be done. */
export function Bar({ hint, children }: { hint?: string; children?: ReactNode }) {
  return (
    <Flex wrap align="center" gap={10} style={{ marginBottom: 10 }}>
      {hint !== undefined && <span style={{ color: 'var(--quiet)', fontSize: 13 }}>{hint}</span>}
      <Flex wrap gap={8} style={{ marginInlineStart: 'auto' }}>
        {children}
      </Flex>
    </Flex>
  );
}
