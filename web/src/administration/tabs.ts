import type { Action } from '~/api/schema.d.ts';

/** The parts of administration, and what each needs. Apart from them, so that reading an address does not load them. */
export const PARTS = ['policy', 'holidays', 'webhooks', 'health'] as const;
export type Part = (typeof PARTS)[number];

const NEEDS: Record<Part, Action> = { policy: 'read_class', holidays: 'read_class', webhooks: 'edit_integration', health: 'read_audit' };

/** Those that somebody may open. */
export function partsFor(actions: readonly Action[]): readonly Part[] {
  return PARTS.filter((part) => actions.includes(NEEDS[part]));
}
