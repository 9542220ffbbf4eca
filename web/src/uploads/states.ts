/** The states of an upload, for addresses too: apart from the page, so that reading one does not load it. */
export const STATES = ['receiving', 'received', 'accepted', 'refused', 'ended'] as const;
export type UploadStateFilter = (typeof STATES)[number];
