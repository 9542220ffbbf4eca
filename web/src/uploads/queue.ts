import type { Upload as Sent, UploadOptions } from 'tus-js-client';

/** How an upload of this browser stands. */
type Phase = 'running' | 'paused' | 'failed' | 'done';

/** An upload of this browser, as pages show it. */
export interface Running {
  readonly key: number;
  readonly name: string;
  readonly classId: string;
  readonly phase: Phase;
  readonly sent: number;
  readonly total: number;
  /** What broke it off; of meaning while it has failed. */
  readonly error: unknown;
}

/** A file to send, with what the server wants to know of it. */
export interface Wanted {
  readonly file: File;
  readonly classId: string;
  /** `session_id` or `starts_at`, or both. */
  readonly about: Readonly<Record<string, string>>;
  /** Goes on with this upload, which another browser may have begun. */
  readonly url?: string;
}

/** The part of tus-js-client that is used, so that tests can stand in for it. */
export type Sender = (file: File, options: UploadOptions) => Pick<Sent, 'start' | 'abort' | 'findPreviousUploads' | 'resumeFromPreviousUpload'>;

/** Waits between tries, while nothing comes through. */
const RETRIES_MS = [0, 1_000, 3_000, 6_000, 15_000, 30_000];

/** A file is known again by this after the browser was closed. */
export function fingerprint(file: Pick<File, 'name' | 'size' | 'lastModified'>, classId: string): string {
  return `duxue-upload::${classId}::${file.name}::${file.size}::${file.lastModified}`;
}

/** The uploads of this browser. They outlive the page that began them, and end with the browser; what has come stays. */
export class UploadQueue {
  readonly #endpoint: string;
  readonly #sender: Sender;
  readonly #listeners = new Set<() => void>();
  readonly #sent = new Map<number, ReturnType<Sender>>();
  #all: readonly Running[] = [];
  #next = 1;
  #onDone: () => void = () => undefined;

  constructor(endpoint: string, sender: Sender) {
    this.#endpoint = endpoint;
    this.#sender = sender;
  }

  /** For useSyncExternalStore. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  readonly all = (): readonly Running[] => this.#all;

  /** What to do when an upload is whole. */
  set onDone(act: () => void) {
    this.#onDone = act;
  }

  /** Sends a file, from where an interrupted upload of the same file stopped. */
  async add({ file, classId, about, url }: Wanted): Promise<void> {
    const key = this.#next;
    this.#next += 1;
    const upload = this.#sender(file, {
      endpoint: this.#endpoint,
      uploadUrl: url ?? null,
      retryDelays: RETRIES_MS,
      metadata: { filename: file.name, class_id: classId, ...about },
      fingerprint: () => Promise.resolve(fingerprint(file, classId)),
      removeFingerprintOnSuccess: true,
      onProgress: (sent, total) => this.#change(key, { sent, total }),
      onError: (error) => this.#change(key, { phase: 'failed', error }),
      onSuccess: () => {
        this.#change(key, { phase: 'done', sent: file.size });
        this.#onDone();
      },
    });
    this.#sent.set(key, upload);
    this.#set([...this.#all, { key, name: file.name, classId, phase: 'running', sent: 0, total: file.size, error: null }]);
    if (url === undefined) {
      const [previous] = await upload.findPreviousUploads();
      if (previous !== undefined) upload.resumeFromPreviousUpload(previous);
    }
    upload.start();
  }

  async pause(key: number): Promise<void> {
    this.#change(key, { phase: 'paused' });
    await this.#sent.get(key)?.abort();
  }

  resume(key: number): void {
    this.#change(key, { phase: 'running', error: null });
    this.#sent.get(key)?.start();
  }

  /** Gives an upload up: the server throws away what has come. */
  async cancel(key: number): Promise<void> {
    await this.#sent.get(key)?.abort(true);
    this.dismiss(key);
  }

  /** Forgets an upload that is whole or has failed; the server keeps what it has. */
  dismiss(key: number): void {
    this.#sent.delete(key);
    this.#set(this.#all.filter((one) => one.key !== key));
  }

  #change(key: number, over: Partial<Running>): void {
    this.#set(this.#all.map((one) => (one.key === key ? { ...one, ...over } : one)));
  }

  #set(all: readonly Running[]): void {
    this.#all = all;
    for (const listener of this.#listeners) listener();
  }
}
