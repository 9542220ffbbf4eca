/** The parts of a class's attendance. Apart from them, so that reading an address does not load them. */
export const PARTS = ['month', 'leaves', 'statements', 'punches', 'devices'] as const;
export type AttendancePart = (typeof PARTS)[number];
