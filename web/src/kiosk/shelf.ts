import type { Text } from '~/i18n/text.ts';

/** A check-in that the server has not taken yet. `id` is this device's own, so that sending it twice does no harm. */
export type Waiting = { readonly id: string; readonly at: string } & (
  | { readonly how: 'face'; readonly picture: Blob }
  | { readonly how: 'number'; readonly number: string }
);

/** A check-in that the server took and made no punch of, after the person had gone. */
export interface Unmatched {
  readonly id: string;
  readonly at: string;
  /** The number that was typed; null for a picture. */
  readonly number: string | null;
  /** The server's sentence; null where the face was not known. */
  readonly why: Text | null;
}

/** What a kiosk keeps until it is sent, and what became of nobody. */
export interface Shelf {
  /** The oldest first. */
  waiting: () => Promise<readonly Waiting[]>;
  keep: (waiting: Waiting) => Promise<void>;
  drop: (id: string) => Promise<void>;
  /** The oldest first. */
  unmatched: () => Promise<readonly Unmatched[]>;
  note: (unmatched: Unmatched) => Promise<void>;
  forget: (id: string) => Promise<void>;
  clear: () => Promise<void>;
}

/** The most check-ins that wait: a day of a large classroom, and some 40 MB of pictures. */
export const MOST_WAITING = 500;

const NAME = 'duxue-kiosk';
const STORES = ['waiting', 'unmatched'] as const;
type StoreName = (typeof STORES)[number];

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB'));
  });
}

/** The browser's own database: it outlives the page, the browser and a flat battery. */
export async function openShelf(): Promise<Shelf> {
  const opening = indexedDB.open(NAME, 1);
  opening.onupgradeneeded = () => {
    for (const store of STORES) opening.result.createObjectStore(store, { keyPath: 'id' });
  };
  const database = await done(opening);
  const all = async <T extends { at: string }>(store: StoreName): Promise<readonly T[]> => {
    const rows = (await done(database.transaction(store).objectStore(store).getAll())) as T[];
    return rows.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  };
  /** Done once it lies on the disk, not when it was asked for. */
  const write = (stores: readonly StoreName[], act: (transaction: IDBTransaction) => void): Promise<void> =>
    new Promise((resolve, reject) => {
      const transaction = database.transaction(stores, 'readwrite', { durability: 'strict' });
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? new Error('IndexedDB'));
      act(transaction);
    });
  const put = (store: StoreName, row: Waiting | Unmatched) => write([store], (transaction) => transaction.objectStore(store).put(row));
  const remove = (store: StoreName, id: string) => write([store], (transaction) => transaction.objectStore(store).delete(id));
  return {
    waiting: () => all<Waiting>('waiting'),
    keep: (waiting) => put('waiting', waiting),
    drop: (id) => remove('waiting', id),
    unmatched: () => all<Unmatched>('unmatched'),
    note: (unmatched) => put('unmatched', unmatched),
    forget: (id) => remove('unmatched', id),
    clear: () => write(STORES, (transaction) => STORES.forEach((store) => transaction.objectStore(store).clear())),
  };
}
