import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ClassTab } from './tabs.ts';

/** The way to a tab of a class's page. */
export function TabLink({ classId, tab, children }: { classId: string; tab: ClassTab; children: ReactNode }) {
  return (
    <Link to="/classes/$classId" params={{ classId }} search={{ tab }}>
      {children}
    </Link>
  );
}
