import createClient from 'openapi-fetch';
import type { paths } from './schema.d.ts';

const PREFIX = '/api/v1';

/** The API of this same origin; the sign-in cookie goes along by itself and no script can read it. */
export const api = createClient<paths>({
  baseUrl: `${globalThis.location.origin}${PREFIX}`,
  // Looked up at each call, so that a test can stand in for the network.
  fetch: (request) => globalThis.fetch(request),
});

/** Addresses that the browser itself fetches: pictures, files and sockets. */
export const address = {
  snapshot: (camera: string) => `${PREFIX}/cameras/${camera}/snapshot.jpg`,
  healthForm: (camera: string, from: string, to: string) => `${PREFIX}/cameras/${camera}/health.html?from=${from}&to=${to}`,
  segment: (segment: string) => `${PREFIX}/segments/${segment}/content`,
  clip: (clip: string) => `${PREFIX}/clips/${clip}/content`,
  seal: (clip: string) => `${PREFIX}/clips/${clip}/seal`,
  package: (classId: string) => `${PREFIX}/classes/${classId}/package`,
  file: (file: string) => `${PREFIX}/files/${file}/content`,
  upload: (upload: string) => `${PREFIX}/uploads/${upload}/content`,
  uploadSeal: (upload: string) => `${PREFIX}/uploads/${upload}/seal`,
  contactSheet: (upload: string) => `${PREFIX}/uploads/${upload}/contact-sheet`,
  uploads: `${globalThis.location.origin}${PREFIX}/uploads`,
  /** An official form, to be printed or kept as a sheet. */
  form: (of: string, kind: 'html' | 'xlsx') => `${PREFIX}${of}/form.${kind}`,
  template: (table: 'students' | 'timetable' | 'approval_list') => `${PREFIX}/import-templates/${table}/template.xlsx`,
  publicKey: `${PREFIX}/public-key`,
  live: (camera: string, stream: 'main' | 'sub') =>
    `${globalThis.location.origin.replace(/^http/, 'ws')}${PREFIX}/cameras/${camera}/live?stream=${stream}`,
};
