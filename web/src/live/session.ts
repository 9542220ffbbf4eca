import type { Text } from '~/i18n/text.ts';
import { retryDelay } from './backoff.ts';
import { parseMessage, type LiveMessage } from './messages.ts';
import { MediaSink } from './sink.ts';

type LivePhase =
  /** The socket is being opened, or the first picture is awaited. */
  | 'connecting'
  /** Pictures move. */
  | 'playing'
  /** Connected, and the camera's pictures have stopped coming. */
  | 'waiting'
  /** The socket closed; the next try has a time. */
  | 'retrying'
  /** This browser cannot decode the stream; trying again would not help. */
  | 'unsupported';

export interface LiveSnapshot {
  readonly phase: LivePhase;
  /** The camera's state as the recorder last said it. */
  readonly camera: string | null;
  readonly cause: string | null;
  /** Age of the picture shown, to a tenth of a second. */
  readonly delayMs: number | null;
  readonly retryAtMs: number | null;
  readonly codec: string | null;
  /** Why the recorder would not show this camera, in its own words. */
  readonly refusal: Text | null;
}

export interface LiveSurroundings {
  readonly now: () => number;
  readonly skewMs: () => number;
  readonly chance: () => number;
}

const NOT_WATCHING: LiveSnapshot = { phase: 'connecting', camera: null, cause: null, delayMs: null, retryAtMs: null, codec: null, refusal: null };
const TICK_MS = 250;
/** No fragment for this long is shown as a picture that stands still. */
const STILL_AFTER_MS = 3_000;
/** No word at all for this long while the camera is said to be live: the connection is dead without knowing it. */
const DEAD_AFTER_MS = 20_000;
/** A connection that lasted this long was good: the next failure is the first one again. */
const GOOD_AFTER_MS = 10_000;

/** One camera's live picture in one video element, from start to stop. Reconnects by itself in between. */
export class LiveSession {
  readonly #around: LiveSurroundings;
  #url = '';
  #video: HTMLVideoElement | null = null;
  readonly #listeners = new Set<() => void>();
  #snapshot: LiveSnapshot = NOT_WATCHING;
  #socket: WebSocket | null = null;
  #sink: MediaSink | null = null;
  #announced: LiveMessage | null = null;
  #failures = 0;
  #openedMs = 0;
  #lastHeardMs = 0;
  #lastFragmentMs = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #ticker: ReturnType<typeof setInterval> | undefined;

  constructor(around: LiveSurroundings) {
    this.#around = around;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  snapshot = (): LiveSnapshot => this.#snapshot;

  start(url: string, video: HTMLVideoElement): void {
    this.stop();
    this.#url = url;
    this.#video = video;
    this.#ticker = setInterval(() => {
      this.#tick();
    }, TICK_MS);
    this.#connect();
  }

  stop(): void {
    clearInterval(this.#ticker);
    clearTimeout(this.#retry);
    this.#drop();
    this.#failures = 0;
    this.#set(NOT_WATCHING);
  }

  #connect(): void {
    const socket = new WebSocket(this.#url);
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    this.#openedMs = this.#around.now();
    this.#lastHeardMs = this.#openedMs;
    this.#set({ phase: 'connecting', retryAtMs: null, delayMs: null });
    socket.onmessage = (event: MessageEvent<string | ArrayBuffer>) => {
      if (socket === this.#socket) this.#heard(event.data);
    };
    socket.onclose = () => {
      if (socket === this.#socket) this.#failed();
    };
  }

  #heard(data: string | ArrayBuffer): void {
    this.#lastHeardMs = this.#around.now();
    if (typeof data !== 'string') {
      const announced = this.#announced;
      this.#announced = null;
      if (announced?.type === 'init') this.#open(announced.mime, data);
      if (announced?.type === 'fragment') this.#append(announced.key, announced.arrival, data);
      return;
    }
    const message = parseMessage(data);
    if (message === null) return;
    switch (message.type) {
      case 'state':
        this.#set({ camera: message.state, cause: message.cause });
        break;
      case 'init':
        this.#announced = message;
        this.#set({ camera: message.state, cause: null, refusal: null });
        break;
      case 'fragment':
        this.#announced = message;
        break;
      case 'refused':
        // Asking again soon would not help; once in a while, somebody has repaired it.
        this.#failures = 10;
        this.#set({ refusal: message.reason });
        break;
      case 'lagged':
        break;
    }
  }

  #open(mime: string, init: ArrayBuffer): void {
    const codec = /codecs="?([^";]+)/.exec(mime)?.[1] ?? mime;
    this.#sink?.close();
    this.#sink = null;
    if (this.#video === null) return;
    if (!MediaSource.isTypeSupported(mime)) {
      this.#drop();
      this.#set({ phase: 'unsupported', codec });
      return;
    }
    this.#set({ codec });
    this.#sink = new MediaSink(this.#video, mime, init, () => {
      this.#failed();
    });
  }

  #append(key: boolean, arrival: string, data: ArrayBuffer): void {
    this.#lastFragmentMs = this.#around.now();
    this.#sink?.push({ data, key, arrivedMs: Date.parse(arrival) });
  }

  #tick(): void {
    const now = this.#around.now();
    if (this.#socket === null) return;
    if (now - this.#lastHeardMs > DEAD_AFTER_MS && (this.#snapshot.camera === null || this.#snapshot.camera === 'live')) {
      this.#failed();
      return;
    }
    const shown = this.#sink?.tick(now, this.#around.skewMs());
    if (shown?.behind == null) return;
    if (now - this.#openedMs > GOOD_AFTER_MS) this.#failures = 0;
    const still = now - this.#lastFragmentMs > STILL_AFTER_MS;
    const delayMs = shown.ageMs === null ? null : Math.round(shown.ageMs / 100) * 100;
    this.#set({ phase: still ? 'waiting' : 'playing', delayMs });
  }

  #failed(): void {
    this.#drop();
    this.#failures += 1;
    const pause = retryDelay(this.#failures, this.#around.chance());
    this.#set({ phase: 'retrying', delayMs: null, retryAtMs: this.#around.now() + pause });
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => {
      this.#connect();
    }, pause);
  }

  #drop(): void {
    const socket = this.#socket;
    this.#socket = null;
    this.#announced = null;
    socket?.close();
    this.#sink?.close();
    this.#sink = null;
  }

  #set(change: Partial<LiveSnapshot>): void {
    const next = { ...this.#snapshot, ...change };
    const same = (Object.keys(next) as (keyof LiveSnapshot)[]).every((key) => next[key] === this.#snapshot[key]);
    if (same) return;
    this.#snapshot = next;
    this.#listeners.forEach((listener) => {
      listener();
    });
  }
}
