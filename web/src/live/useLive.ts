import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore, type RefCallback } from 'react';
import { address } from '~/api/client.ts';
import { systemQuery } from '~/api/queries.ts';
import { nowMs } from '~/app/clock.ts';
import { ms } from '~/time/zone.ts';
import { LiveSession, type LiveSnapshot } from './session.ts';
import { useForeground } from './useForeground.ts';

export type Stream = 'main' | 'sub';

interface Live {
  readonly attach: RefCallback<HTMLVideoElement>;
  readonly snapshot: LiveSnapshot;
  /** False while the page has been in the background for long and nobody watches. */
  readonly watching: boolean;
}

/** A camera's live picture for one video element. Watching is logged, so it ends when the page has long been hidden. */
export function useLive(camera: string, stream: Stream, enabled: boolean): Live {
  const client = useQueryClient();
  const [video, attach] = useState<HTMLVideoElement | null>(null);
  const [session] = useState(() => {
    const skewMs = (): number => {
      const state = client.getQueryState(systemQuery.queryKey);
      return state?.data === undefined ? 0 : ms(state.data.now) - state.dataUpdatedAt;
    };
    return new LiveSession({ now: nowMs, skewMs, chance: Math.random });
  });
  const watching = useForeground();

  useEffect(() => {
    if (video === null || !enabled || !watching) return;
    session.start(address.live(camera, stream), video);
    return () => {
      session.stop();
    };
  }, [camera, stream, enabled, watching, video, session]);

  return { attach, snapshot: useSyncExternalStore(session.subscribe, session.snapshot), watching };
}
