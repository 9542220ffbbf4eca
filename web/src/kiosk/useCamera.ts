import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';

/** How the camera of this device is. */
export type CameraState = 'starting' | 'on' | 'insecure' | 'denied' | 'missing' | 'failed';

const WANTED: MediaStreamConstraints = { audio: false, video: { facingMode: 'user', width: { ideal: 1280 }, height: { ideal: 720 } } };
/** The longer side of a picture that is sent: enough for a face at arm's length, and some 80 KB. */
const LONGEST = 960;

/** The front camera, shown in `video`; `again` asks for it once more. */
export function useCamera(): { video: RefObject<HTMLVideoElement | null>; state: CameraState; again: () => void } {
  const video = useRef<HTMLVideoElement>(null);
  const [state, setState] = useState<CameraState>('starting');
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let stream: MediaStream | null = null;
    let gone = false;
    const start = async (): Promise<CameraState> => {
      if (!globalThis.isSecureContext) return 'insecure';
      try {
        const given = await navigator.mediaDevices.getUserMedia(WANTED);
        stream = given;
        if (gone) {
          stop(given);
          return 'starting';
        }
        given.getVideoTracks().forEach((track) => track.addEventListener('ended', () => setState('failed')));
        if (video.current !== null) {
          video.current.srcObject = given;
          await video.current.play();
        }
        return 'on';
      } catch (error) {
        return stateOf(error);
      }
    };
    void start().then((found) => {
      if (!gone) setState(found);
    });
    return () => {
      gone = true;
      if (stream !== null) stop(stream);
    };
  }, [attempt]);
  const again = useCallback(() => {
    setState('starting');
    setAttempt((before) => before + 1);
  }, []);
  return { video, state, again };
}

function stop(stream: MediaStream): void {
  stream.getTracks().forEach((track) => track.stop());
}

/** What the browser's refusal means. */
export function stateOf(error: unknown): CameraState {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied';
  return name === 'NotFoundError' || name === 'OverconstrainedError' ? 'missing' : 'failed';
}

/** The size of a picture whose longer side is at most {@link LONGEST}. */
export function fitted(width: number, height: number): { width: number; height: number } {
  const scale = Math.min(1, LONGEST / Math.max(width, height));
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

/** What the camera sees now, as JPEG. */
export async function pictureOf(video: HTMLVideoElement): Promise<Blob | null> {
  const { width, height } = fitted(video.videoWidth, video.videoHeight);
  if (width === 0 || height === 0) return null;
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d')?.drawImage(video, 0, 0, width, height);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.88));
}
