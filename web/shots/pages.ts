import type { Role } from '../e2e/people.ts';

/** Identities in the full demo: a class at each point of its life, and one of everything else. */
export interface World {
  readonly draft: string;
  readonly filed: string;
  readonly model: string;
  readonly fraud: string;
  readonly risk: string;
  readonly closing: string;
  readonly paid: string;
  readonly institution: string;
  readonly finding: string;
  readonly clip: string;
  readonly notice: string;
}

interface Shot {
  readonly name: string;
  readonly role: Role;
  readonly path: (world: World) => string;
  /** What must be there before it is worth a picture. */
  readonly ready?: string;
}

const tab = (role: Role, kind: keyof World, key: string): Shot => ({ name: `class-${kind}-${key}`, role, path: (world) => `/classes/${world[kind]}?tab=${key}` });

/** Every page, by who looks at it most. */
export const PAGES: readonly Shot[] = [
  { name: 'home-manager', role: 'manager', path: () => '/' },
  { name: 'catalogue', role: 'manager', path: () => '/catalogue' },
  { name: 'users', role: 'manager', path: () => '/users' },
  { name: 'cameras', role: 'manager', path: () => '/cameras' },
  { name: 'administration-policy', role: 'manager', path: () => '/administration', ready: '[data-testid=change-number]' },
  { name: 'administration-holidays', role: 'manager', path: () => '/administration?part=holidays', ready: '[data-testid=year]' },
  { name: 'administration-webhooks', role: 'manager', path: () => '/administration?part=webhooks', ready: '[data-testid=add-webhook]' },
  { name: 'administration-health', role: 'manager', path: () => '/administration?part=health', ready: 'table' },
  { name: 'account', role: 'manager', path: () => '/account', ready: 'h1' },
  { name: 'kiosk', role: 'manager', path: () => '/kiosk', ready: 'form' },
  tab('manager', 'filed', 'life'),
  tab('manager', 'closing', 'settlement'),
  tab('manager', 'paid', 'settlement'),
  { name: 'home-supervisor', role: 'supervisor', path: () => '/' },
  { name: 'wall', role: 'supervisor', path: () => '/wall' },
  { name: 'today', role: 'supervisor', path: () => '/today' },
  { name: 'classes', role: 'supervisor', path: () => '/classes' },
  { name: 'supervision', role: 'supervisor', path: () => '/supervision' },
  { name: 'findings', role: 'supervisor', path: () => '/findings' },
  { name: 'finding', role: 'supervisor', path: (world) => `/findings/${world.finding}` },
  { name: 'violations', role: 'supervisor', path: () => '/violations' },
  { name: 'violations-institution', role: 'supervisor', path: (world) => `/violations/${world.institution}` },
  { name: 'recordings', role: 'supervisor', path: () => '/recordings' },
  tab('supervisor', 'fraud', 'attendance'),
  tab('supervisor', 'fraud', 'supervision'),
  tab('supervisor', 'fraud', 'violations'),
  tab('supervisor', 'model', 'timetable'),
  { name: 'home-auditor', role: 'auditor', path: () => '/' },
  { name: 'clips', role: 'auditor', path: () => '/clips' },
  { name: 'clip', role: 'auditor', path: (world) => `/clips/${world.clip}` },
  { name: 'watches', role: 'auditor', path: () => '/watches' },
  { name: 'audit', role: 'auditor', path: () => '/audit' },
  tab('auditor', 'paid', 'life'),
  tab('auditor', 'risk', 'evidence'),
  { name: 'notices', role: 'auditor', path: () => '/notices' },
  { name: 'notice', role: 'auditor', path: (world) => `/notices/${world.notice}` },
  { name: 'home-institution', role: 'institution', path: () => '/' },
  { name: 'uploads', role: 'institution', path: () => '/uploads' },
  tab('institution', 'model', 'life'),
  tab('institution', 'model', 'students'),
  tab('institution', 'model', 'timetable'),
  tab('institution', 'model', 'sessions'),
  tab('institution', 'model', 'attendance'),
  tab('institution', 'model', 'reports'),
  tab('institution', 'model', 'uploads'),
  tab('institution', 'model', 'evidence'),
  tab('institution', 'model', 'messages'),
];
