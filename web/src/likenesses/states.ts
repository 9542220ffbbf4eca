/** The states of a likeness, for addresses too: apart from the page, so that reading one does not load it. */
export const LIKENESS_STATES = ['open', 'confirmed', 'dismissed'] as const;
export type LikenessStateFilter = (typeof LIKENESS_STATES)[number] | 'all';
