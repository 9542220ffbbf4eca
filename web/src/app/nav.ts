import type { Action } from '~/api/schema.d.ts';

/** The navigation in order: an entry is there exactly for those who may do its action. */
const NAV = [
  { to: '/', label: 'nav.home', needs: 'read_class' },
  { to: '/wall', label: 'nav.wall', needs: 'watch_live' },
  { to: '/today', label: 'nav.today', needs: 'read_class' },
  { to: '/classes', label: 'nav.classes', needs: 'read_class' },
  { to: '/supervision', label: 'nav.supervision', needs: 'read_supervision' },
  { to: '/findings', label: 'nav.findings', needs: 'read_finding' },
  { to: '/violations', label: 'nav.violations', needs: 'read_supervision' },
  { to: '/recordings', label: 'nav.recordings', needs: 'watch_recording' },
  { to: '/clips', label: 'nav.clips', needs: 'read_clip' },
  { to: '/uploads', label: 'nav.uploads', needs: 'read_clip' },
  { to: '/cameras', label: 'nav.cameras', needs: 'read_camera_health' },
  { to: '/catalogue', label: 'nav.catalogue', needs: 'read_class' },
  { to: '/watches', label: 'nav.watches', needs: 'read_audit' },
  { to: '/audit', label: 'nav.audit', needs: 'read_audit' },
  { to: '/administration', label: 'nav.administration', needs: 'read_audit' },
  { to: '/users', label: 'nav.users', needs: 'edit_user' },
] as const satisfies readonly { to: string; label: string; needs: Action }[];

export type NavEntry = (typeof NAV)[number];

export function navFor(actions: readonly Action[]): NavEntry[] {
  return NAV.filter((entry) => actions.includes(entry.needs));
}
