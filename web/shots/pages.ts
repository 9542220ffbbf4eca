import type { Page } from '@playwright/test';
import { today, type Role } from '../e2e/people.ts';
import { importsWrongTable, opens, plays, scrollsTo, shows, sixteenCameras, startsFilm, type Act } from './acts.ts';
import type { World } from './world.ts';

export interface Shot {
  readonly name: string;
  /** Who looks at it most; nobody: without a sign-in. */
  readonly role: Role | 'nobody';
  readonly path: (world: World) => string;
  /** What must be there before it is worth a picture. */
  readonly ready?: string;
  /** Before the page is opened. */
  readonly before?: (page: Page, world: World) => Promise<void>;
  readonly act?: Act;
  /** Only what is in sight: dialogs and films lie over the page. */
  readonly sight?: boolean;
  /** Taken in the dark and in English as well. */
  readonly twice?: boolean;
}

const page = (role: Shot['role'], name: string, path: Shot['path'] | string, more: Partial<Shot> = {}): Shot => ({
  name, role, path: typeof path === 'string' ? () => path : path, ...more,
});
const tab = (role: Role, kind: keyof World, key: string, more: Partial<Shot> = {}): Shot =>
  page(role, `class-${kind}-${key}`, (world) => `/classes/${world[kind]}?tab=${key}`, more);
const attendance = (part: string): Shot => page('institution', `class-model-attendance-${part}`, ({ model }) => `/classes/${model}?tab=attendance&part=${part}`);
const catalogue = (part: string): Shot => page('manager', `catalogue-${part}`, `/catalogue?part=${part}`);

/** A tablet that has its token. */
const asDevice = async (kiosk: Page, { token }: World): Promise<void> => {
  await kiosk.addInitScript((given) => {
    try {
      localStorage.setItem('duxue.kiosk.token', given);
    } catch {
      // A page without an address has no storage.
    }
  }, token);
};

/** Every page, by who looks at it most. `shots/missing.test.ts` names addresses that are missing here. */
export const PAGES: readonly Shot[] = [
  page('nobody', 'sign-in', '/sign-in', { ready: 'form', twice: true }),
  page('nobody', 'invitation', ({ secret }) => `/invitation#${secret}`, { ready: 'form' }),
  page('nobody', 'invitation-void', '/invitation#nobody', { ready: 'main' }),
  page('nobody', 'notices', '/notices'),
  page('nobody', 'notice', ({ notice }) => `/notices/${notice}`, { ready: 'table', twice: true }),
  page('nobody', 'kiosk-setup', '/kiosk', { ready: 'form' }),
  page('nobody', 'kiosk', '/kiosk', { before: asDevice, ready: '[data-testid=line][data-line=ready]', twice: true }),

  page('manager', 'home-manager', '/', { twice: true }),
  ...['institutions', 'approvals', 'venues', 'textbooks', 'standards', 'devices'].map(catalogue),
  page('manager', 'users', '/users', { twice: true }),
  page('manager', 'users-invite', '/users', { act: opens('invite'), sight: true }),
  page('manager', 'cameras', '/cameras', { ready: 'tbody tr.ant-table-row', twice: true }),
  page('manager', 'camera-add', '/cameras', { act: opens('add-camera'), sight: true }),
  page('manager', 'camera-health', ({ camera }) => `/cameras/${camera}`, { ready: '[data-testid=health-day]', twice: true }),
  page('manager', 'administration-policy', '/administration', { ready: '[data-testid=change-number]', twice: true }),
  page('manager', 'administration-policy-change', '/administration', { ready: '[data-testid=change-number]', act: opens('change-number'), sight: true }),
  page('manager', 'administration-holidays', '/administration?part=holidays', { ready: '[data-testid=year]' }),
  page('manager', 'administration-webhooks', '/administration?part=webhooks', { ready: '[data-testid=add-webhook]' }),
  page('manager', 'administration-webhook-add', '/administration?part=webhooks', { act: opens('add-webhook'), sight: true }),
  page('manager', 'administration-health', '/administration?part=health', { ready: 'table', twice: true }),
  page('manager', 'account', '/account', { ready: 'h1', twice: true }),
  tab('manager', 'filed', 'life', { twice: true }),
  tab('manager', 'draft', 'life'),
  tab('manager', 'filed', 'students'),
  tab('manager', 'closing', 'settlement', { twice: true }),
  tab('manager', 'paid', 'settlement'),

  page('supervisor', 'home-supervisor', '/', { twice: true }),
  page('supervisor', 'wall', '/wall', { ready: '[data-testid=tile]', act: plays(3), twice: true }),
  page('supervisor', 'wall-16', '/wall?grid=16', { before: sixteenCameras, ready: '[data-testid=tile]', act: plays(8) }),
  page('supervisor', 'wall-camera', ({ camera }) => `/wall?camera=${camera}`, { ready: '[data-testid=live-picture]', act: plays(1), twice: true }),
  page('supervisor', 'today', '/today'),
  page('supervisor', 'classes', '/classes', { ready: 'tbody tr.ant-table-row', twice: true }),
  page('supervisor', 'class-day', ({ fraud, day }) => `/classes/${fraud}/days/${day}`, { ready: '[data-testid=session]', twice: true }),
  page('supervisor', 'supervision', '/supervision', { ready: '[data-testid=quota]', twice: true }),
  page('supervisor', 'inspection', ({ inspection }) => `/inspections/${inspection}`),
  page('supervisor', 'findings', '/findings', { ready: '[data-testid=finding-row]', twice: true }),
  page('supervisor', 'finding', ({ finding }) => `/findings/${finding}`, { ready: '[data-testid=frame] img', twice: true }),
  page('supervisor', 'finding-comparison', ({ finding }) => `/findings/${finding}`, { act: shows('compare', '[data-testid=comparison] img') }),
  page('supervisor', 'violations', '/violations', { twice: true }),
  page('supervisor', 'violations-institution', ({ institution }) => `/violations/${institution}`),
  page('supervisor', 'recordings', ({ camera }) => `/recordings?camera=${camera}`, { ready: '[data-testid=time-line]' }),
  page('supervisor', 'player', ({ camera }) => `/recordings?camera=${camera}`, { ready: '[data-testid=time-line]', act: startsFilm, twice: true }),
  page('supervisor', 'likenesses', '/likenesses', { ready: 'tbody tr.ant-table-row' }),
  page('supervisor', 'likeness', ({ likeness }) => `/likenesses/${likeness}`, { ready: '[data-testid=side-by-side]', twice: true }),
  page('supervisor', 'upload', ({ upload }) => `/uploads/${upload}`, { ready: '[data-testid=evidence-decision]', twice: true }),
  page('supervisor', 'not-found', '/nowhere', { ready: '[data-testid=notice]' }),
  tab('supervisor', 'fraud', 'attendance', { ready: '[data-testid=matrix]', twice: true }),
  tab('supervisor', 'fraud', 'supervision', { twice: true }),
  tab('supervisor', 'fraud', 'violations', { twice: true }),
  tab('supervisor', 'fraud', 'messages'),
  tab('supervisor', 'risk', 'evidence', { ready: '[data-testid=evidence-day]', twice: true }),

  page('auditor', 'home-auditor', '/', { twice: true }),
  page('auditor', 'clips', '/clips'),
  page('auditor', 'clip', ({ clip }) => `/clips/${clip}`, { ready: '[data-testid=clip-player]', twice: true }),
  page('auditor', 'watches', '/watches'),
  page('auditor', 'audit', '/audit', { ready: 'tbody tr.ant-table-row', twice: true }),
  tab('auditor', 'paid', 'life'),

  page('institution', 'home-institution', '/', { twice: true }),
  page('institution', 'uploads', '/uploads', { twice: true }),
  page('institution', 'class-day-report', ({ model }) => `/classes/${model}/days/${today()}?report=true`, { ready: '[data-testid=send-report]', sight: true, twice: true }),
  tab('institution', 'model', 'life'),
  tab('institution', 'model', 'students', { twice: true }),
  page('institution', 'students-import', ({ model }) => `/classes/${model}?tab=students`, { act: importsWrongTable, sight: true, twice: true }),
  page('institution', 'student', ({ model }) => `/classes/${model}?tab=students`, { act: opens('open-student'), sight: true, twice: true }),
  page('institution', 'student-data', ({ model }) => `/classes/${model}?tab=students`, {
    act: async (students) => {
      await opens('open-student')(students);
      await scrollsTo('[data-testid=export-person]')(students);
    },
    sight: true,
  }),
  page('institution', 'exchanges', ({ model }) => `/classes/${model}?tab=students`, { act: opens('ask-by-file'), sight: true }),
  tab('institution', 'model', 'timetable', { twice: true }),
  tab('institution', 'model', 'sessions'),
  tab('institution', 'model', 'attendance', { ready: '[data-testid=matrix]' }),
  ...['leaves', 'statements', 'punches', 'devices'].map(attendance),
  tab('institution', 'model', 'reports'),
  tab('institution', 'model', 'uploads'),
  tab('institution', 'model', 'evidence', { ready: '[data-testid=evidence-day]' }),
  tab('institution', 'model', 'supervision'),
  tab('institution', 'model', 'settlement'),
  tab('institution', 'model', 'messages'),
];
