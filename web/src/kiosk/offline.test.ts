import { expect, it } from 'vitest';
import { keepPage, ownFiles } from './offline.ts';

/** As much of the browser's cache as is used, and what is in it. */
function cacheOf(...held: string[]) {
  const paths = new Set(held);
  const cache = {
    keys: () => Promise.resolve([...paths].map((path) => new Request(`http://duxue${path}`))),
    addAll: (added: string[]) => {
      added.forEach((path) => paths.add(path));
      return Promise.resolve();
    },
    put: (path: string) => {
      paths.add(path);
      return Promise.resolve();
    },
    delete: (request: Request) => Promise.resolve(paths.delete(new URL(request.url).pathname)),
  };
  return { paths, store: { open: () => Promise.resolve(cache) } as unknown as CacheStorage };
}

const page = (text: string, status = 200) => () => Promise.resolve(new Response(text, { status }));

it('keeps the page with its files, and lets go of an earlier version’s', async () => {
  const { paths, store } = cacheOf('/kiosk', '/assets/old.js', '/assets/same.css');
  expect(await keepPage(['/assets/new.js', '/assets/same.css'], '/assets/new.js', store, page('<script src="/assets/new.js">'))).toBe(true);
  expect([...paths].sort()).toEqual(['/assets/new.js', '/assets/same.css', '/kiosk']);
});

it('leaves what it has when another version has come meanwhile, or the server is in trouble', async () => {
  for (const get of [page('<script src="/assets/newer.js">'), page('/assets/new.js', 503)]) {
    const { paths, store } = cacheOf('/kiosk', '/assets/old.js');
    expect(await keepPage(['/assets/new.js'], '/assets/new.js', store, get)).toBe(false);
    expect([...paths]).toEqual(['/kiosk', '/assets/old.js']);
  }
});

it('keeps files of this server only, each once, and nothing of the API', () => {
  const urls = ['http://duxue/assets/a.js', 'http://duxue/assets/a.js?x', 'http://duxue/api/v1/me', 'http://elsewhere/assets/b.js', '/favicon.svg', 'blob:http://duxue/1'];
  expect(ownFiles(urls, 'http://duxue')).toEqual(['/assets/a.js', '/favicon.svg']);
});
