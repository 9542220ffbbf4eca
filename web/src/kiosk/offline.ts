/** The page's own files, kept so that the kiosk opens without a network. public/kiosk-sw.js answers from them. */
const CACHE = 'duxue-kiosk';
const PAGE = '/kiosk';

/**
 * Keeps the page and every file that it has loaded, and throws out those of earlier versions. False: not all of it is here, and
 * what was kept before stays.
 */
export async function keepPage(loaded: readonly string[], entry: string, store: CacheStorage = caches, get: typeof fetch = fetch): Promise<boolean> {
  const page = await get(PAGE, { cache: 'no-cache', credentials: 'omit' });
  // A new version may have come since this page was loaded: its files are not these.
  if (!page.ok || !(await page.clone().text()).includes(entry)) return false;
  const cache = await store.open(CACHE);
  const held = new Set((await cache.keys()).map(({ url }) => new URL(url).pathname));
  await cache.addAll(loaded.filter((path) => !held.has(path)));
  await cache.put(PAGE, page);
  const wanted = new Set([PAGE, ...loaded]);
  await Promise.all((await cache.keys()).filter(({ url }) => !wanted.has(new URL(url).pathname)).map((request) => cache.delete(request)));
  return true;
}

/** Paths of this server's files in what the browser says it has loaded; never an answer of the API. */
export function ownFiles(urls: readonly string[], origin: string): string[] {
  const paths = urls.map((url) => new URL(url, origin)).filter((url) => url.origin === origin && /^\/(assets\/.*|favicon\.svg|kiosk\.webmanifest)$/.test(url.pathname));
  return [...new Set(paths.map(({ pathname }) => pathname))];
}

/** Makes this page open without a network from now on. False where the browser, or an insecure address, does not allow it. */
export async function openOffline(): Promise<boolean> {
  if (!('serviceWorker' in navigator) || !('caches' in globalThis)) return false;
  const entry = document.querySelector<HTMLScriptElement>('script[type="module"][src]')?.src;
  if (entry === undefined) return false;
  await navigator.serviceWorker.register('/kiosk-sw.js', { scope: PAGE });
  const urls = performance.getEntriesByType('resource').map(({ name }) => name);
  return keepPage(ownFiles([...urls, entry, '/favicon.svg', '/kiosk.webmanifest'], location.origin), new URL(entry).pathname);
}
