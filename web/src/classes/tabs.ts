/** The tabs of a class's page. Apart from the page, so that reading an address does not load it. */
export const TABS = ['life', 'students', 'timetable', 'sessions', 'attendance', 'reports', 'uploads', 'evidence', 'supervision', 'violations', 'settlement', 'messages'] as const;
export type ClassTab = (typeof TABS)[number];
