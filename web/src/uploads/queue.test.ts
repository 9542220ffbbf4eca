import { expect, it, vi } from 'vitest';
import type { UploadOptions } from 'tus-js-client';
import { fingerprint, UploadQueue, type Sender } from './queue.ts';

const file = new File(['0123456789'], '课堂.mp4', { lastModified: 5 });
const before = { size: 10, metadata: {}, creationTime: '', urlStorageKey: 'k', uploadUrl: '/api/v1/uploads/u', parallelUploadUrls: null };

function stood(previous: (typeof before)[] = []) {
  const acts: string[] = [];
  let options: UploadOptions = {};
  const sender: Sender = (_, given) => {
    options = given;
    return {
      start: () => acts.push('start'),
      abort: (end) => Promise.resolve(void acts.push(end === true ? 'end' : 'abort')),
      findPreviousUploads: () => Promise.resolve(previous),
      resumeFromPreviousUpload: ({ uploadUrl }) => acts.push(`resume ${uploadUrl ?? ''}`),
    };
  };
  return { queue: new UploadQueue('/uploads', sender), acts, options: () => options };
}

it('says what the server wants to know of a file', async () => {
  const { queue, options } = stood();
  await queue.add({ file, classId: 'c', about: { session_id: 's' } });
  expect(options().metadata).toEqual({ filename: '课堂.mp4', class_id: 'c', session_id: 's' });
  expect(await options().fingerprint?.(file, {})).toBe('duxue-upload::c::课堂.mp4::10::5');
});

it('goes on with what an earlier browser began, and else begins', async () => {
  const anew = stood();
  await anew.queue.add({ file, classId: 'c', about: {} });
  expect(anew.acts).toEqual(['start']);
  const again = stood([before]);
  await again.queue.add({ file, classId: 'c', about: {} });
  expect(again.acts).toEqual(['resume /api/v1/uploads/u', 'start']);
});

it('knows a file again only while it is the same file for the same class', () => {
  const same = { name: 'a', size: 1, lastModified: 1 };
  expect(fingerprint(same, 'c')).toBe(fingerprint({ ...same }, 'c'));
  for (const other of [{ ...same, size: 2 }, { ...same, lastModified: 2 }, { ...same, name: 'b' }]) expect(fingerprint(other, 'c')).not.toBe(fingerprint(same, 'c'));
  expect(fingerprint(same, 'd')).not.toBe(fingerprint(same, 'c'));
});

it('pauses, goes on, tells of progress, and of the end', async () => {
  const { queue, acts, options } = stood();
  const [told, done] = [vi.fn(), vi.fn()];
  queue.subscribe(told);
  queue.onDone = done;
  await queue.add({ file, classId: 'c', about: {} });
  options().onProgress?.(4, 10);
  expect(queue.all()[0]).toMatchObject({ phase: 'running', sent: 4, total: 10 });
  await queue.pause(1);
  expect(queue.all()[0]?.phase).toBe('paused');
  queue.resume(1);
  expect(acts).toEqual(['start', 'abort', 'start']);
  options().onSuccess?.({} as never);
  expect(queue.all()[0]).toMatchObject({ phase: 'done', sent: 10 });
  expect(done).toHaveBeenCalledOnce();
  expect(told).toHaveBeenCalled();
});

it('keeps what failed, with why, until it goes on or is given up', async () => {
  const { queue, acts, options } = stood();
  await queue.add({ file, classId: 'c', about: {} });
  const error = new Error('away');
  options().onError?.(error);
  expect(queue.all()[0]).toMatchObject({ phase: 'failed', error });
  queue.resume(1);
  expect(queue.all()[0]).toMatchObject({ phase: 'running', error: null });
  await queue.cancel(1);
  expect(acts.at(-1)).toBe('end');
  expect(queue.all()).toEqual([]);
});
