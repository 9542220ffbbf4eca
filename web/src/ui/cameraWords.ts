import type { CameraState, OutageCause } from '~/api/schema.d.ts';

const STATES: Record<CameraState, true> = { connecting: true, live: true, stalled: true, backing_off: true, refused: true };

const CAUSES: Record<OutageCause, true> = {
  unreachable: true, unauthorized: true, not_found: true, unsupported_media: true, stalled: true, disconnected: true, corrupt_stream: true,
  disk_full: true, disk_error: true, recorder_down: true, disabled: true, starting: true, pruned: true, unknown: true,
};

const isState = (word: string): word is CameraState => word in STATES;
const isCause = (word: string): word is OutageCause => word in CAUSES;

/** The words for a camera's state; one that this page does not know is "connecting" to the eye. */
export function cameraStateKey(state: string) {
  return `cameraState.${isState(state) ? state : 'connecting'}` as const;
}

/** The words for a cause; one that this page does not know is unknown. */
export function causeKey(cause: string) {
  return `cause.${isCause(cause) ? cause : 'unknown'}` as const;
}
