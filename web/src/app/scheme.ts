import { useSyncExternalStore } from 'react';

/** Light or dark. */
export type Scheme = 'light' | 'dark';

const STORED = 'duxue.scheme';
const listeners = new Set<() => void>();
let chosen: Scheme | null = null;

const system = (): MediaQueryList => matchMedia('(prefers-color-scheme: dark)');
const wanted = (): Scheme => (system().matches ? 'dark' : 'light');
const scheme = (): Scheme => chosen ?? wanted();

function tell(): void {
  document.documentElement.dataset.scheme = scheme();
  for (const listener of listeners) listener();
}

/** Takes up what was chosen on this computer before, else what its system asks for, now and whenever that changes. */
export function startScheme(): void {
  try {
    const stored = localStorage.getItem(STORED);
    chosen = stored === 'light' || stored === 'dark' ? stored : null;
  } catch {
    chosen = null;
  }
  system().addEventListener('change', tell);
  tell();
}

/** Chooses a scheme; choosing what the system asks for is to follow the system again. */
export function setScheme(next: Scheme): void {
  chosen = next === wanted() ? null : next;
  try {
    if (chosen === null) localStorage.removeItem(STORED);
    else localStorage.setItem(STORED, chosen);
  } catch {
    // Without storage the choice lasts until the page is loaded again.
  }
  tell();
}

export function useScheme(): Scheme {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    scheme,
  );
}
