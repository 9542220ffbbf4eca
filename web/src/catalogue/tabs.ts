/** The parts of the catalogue. Apart from them, so that reading an address does not load them. */
export const PARTS = ['institutions', 'approvals', 'venues', 'textbooks', 'standards', 'devices'] as const;
export type Part = (typeof PARTS)[number];
