/** Where a violation stands, for addresses too: apart from the page, so that reading one does not load it. */
export const VIOLATION_STATES = ['open', 'confirmed', 'dismissed', 'withdrawn'] as const;
export type ViolationStateFilter = (typeof VIOLATION_STATES)[number] | 'all';
