/** The tabs of a class's page. Apart from the page, so that reading an address does not load it. */
export const TABS = ['students', 'sessions', 'reports', 'evidence', 'supervision', 'violations', 'settlement'] as const;
export type ClassTab = (typeof TABS)[number];
