import type { ReactNode } from 'react';

interface ScrolledProps {
  /** What is scrolled, for those who hear the page. */
  label: string;
  /** The most pixels down; without it only to the side. */
  most?: number;
  children: ReactNode;
}

/** A wide or long table that the keyboard can scroll too, also where nothing in it can be pressed. */
export function Scrolled({ label, most, children }: ScrolledProps) {
  return (
    <div role="region" aria-label={label} tabIndex={0} style={{ overflow: 'auto', maxHeight: most }}>
      {children}
    </div>
  );
}
