import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { Upload } from 'tus-js-client';
import { address } from '~/api/client.ts';
import { UploadQueue, type Running } from './queue.ts';

/** One for the whole browser tab: an upload goes on while its person looks at other pages. */
export const uploadQueue = new UploadQueue(address.uploads, (file, options) => new Upload(file, options));

/** The uploads of this browser; asks before the tab is closed while one is on its way. */
export function useUploads(): readonly Running[] {
  const client = useQueryClient();
  const all = useSyncExternalStore(uploadQueue.subscribe, uploadQueue.all);
  const busy = all.some(({ phase }) => phase === 'running');
  useEffect(() => {
    uploadQueue.onDone = () => void client.invalidateQueries({ queryKey: ['uploads'] });
  }, [client]);
  useEffect(() => {
    if (!busy) return undefined;
    const hold = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', hold);
    return () => {
      window.removeEventListener('beforeunload', hold);
    };
  }, [busy]);
  return all;
}
