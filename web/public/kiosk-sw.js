// Answers the kiosk's page and files when there is no network. What is kept is decided in src/kiosk/offline.ts.
// Scripts are asked for with an Origin and were kept without one: what a file varies by does not matter here.
const KEPT = { cacheName: 'duxue-kiosk', ignoreVary: true };

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin || url.pathname.startsWith('/api/')) return;
  if (request.mode === 'navigate') event.respondWith(page(request));
  else if (url.pathname !== '/kiosk') event.respondWith(file(request));
});

/** The newest page; the kept one when the server does not answer within a moment. */
async function page(request) {
  const kept = () => caches.match('/kiosk', KEPT);
  try {
    const fresh = await fetch(request, { signal: AbortSignal.timeout(4000) });
    return fresh.ok ? fresh : ((await kept()) ?? fresh);
  } catch (error) {
    const answer = await kept();
    if (answer === undefined) throw error;
    return answer;
  }
}

/** Files carry their hash in the name: a kept one is the right one. */
async function file(request) {
  return (await caches.match(request, KEPT)) ?? fetch(request);
}
