import { Empty } from 'antd';
import type { ReactNode } from 'react';

interface NothingProps {
  what: string;
  hint?: string;
  children?: ReactNode;
}

/** An empty state that says what would be here. */
export function Nothing({ what, hint, children }: NothingProps) {
  return (
    <Empty
      image={Empty.PRESENTED_IMAGE_SIMPLE}
      description={
        <>
          <div>{what}</div>
          {hint !== undefined && <div style={{ color: 'var(--quiet)', fontSize: 13 }}>{hint}</div>}
        </>
      }
    >
      {children}
    </Empty>
  );
}
