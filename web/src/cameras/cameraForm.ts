import type { CameraChange, NewCamera, Transport } from '~/api/schema.d.ts';
import { withCredentials } from './cameraUrl.ts';

export interface CameraForm {
  venue_id?: string;
  name?: string;
  main_url?: string;
  sub_url?: string;
  remove_sub?: boolean;
  username?: string;
  password?: string;
  transport?: Transport;
  enabled?: boolean;
}

/** What is sent for a camera to add. Both streams share the main one's credentials. */
export function toNewCamera(form: CameraForm): NewCamera {
  return {
    venue_id: form.venue_id ?? '',
    name: form.name?.trim() ?? '',
    main_url: withCredentials({ url: form.main_url ?? '', username: form.username, password: form.password }),
    sub_url: filled(form.sub_url),
    transport: form.transport ?? 'tcp',
  };
}

/** What is sent for a change: an address left empty stays as it is, and so do its credentials. */
export function toChange(form: CameraForm): CameraChange {
  const main = filled(form.main_url);
  const sub = form.remove_sub === true ? '' : filled(form.sub_url);
  return {
    name: form.name?.trim(),
    transport: form.transport,
    enabled: form.enabled,
    ...(main === undefined ? {} : { main_url: withCredentials({ url: main, username: form.username, password: form.password }) }),
    ...(sub === undefined ? {} : { sub_url: sub }),
  };
}

function filled(text: string | undefined): string | undefined {
  const trimmed = text?.trim();
  return trimmed === '' ? undefined : trimmed;
}
