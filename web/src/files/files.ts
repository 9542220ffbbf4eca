import { queryOptions } from '@tanstack/react-query';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import type { File as StoredFile } from '~/api/schema.d.ts';

/** What the server takes; it tells by the content, the browser by the name. */
export const ACCEPTED = '.pdf,.jpg,.jpeg,.png,.xlsx,.docx';
export const FILE_MAX_BYTES = 20 * 1024 * 1024;

/** A file never changes once it was handed in. */
export const fileQuery = (id: string) =>
  queryOptions({
    queryKey: ['files', id],
    queryFn: ({ signal }) => ask(api.GET('/files/{id}', { params: { path: { id } }, signal })),
    staleTime: Infinity,
  });

/** Hands a file in, for `institution` or, without one, for whoever is signed in. */
export function handIn(file: Blob & { name: string }, institution?: string): Promise<StoredFile> {
  return ask(
    api.POST('/files', {
      params: { query: { name: file.name.slice(0, 200), institution_id: institution } },
      headers: { 'Content-Type': 'application/octet-stream' },
      body: file as never,
      bodySerializer: (body) => body as unknown as Blob,
    }),
  );
}
