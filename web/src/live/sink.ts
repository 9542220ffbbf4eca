import { addMark, pictureAge, type ArrivalMark } from './delay.ts';
import { planBuffer, type Range } from './buffer.ts';

/** More than this waiting means that the decoder does not keep up: start again at the next key picture. */
const QUEUE_LIMIT = 60;

interface Fragment {
  readonly data: ArrayBuffer;
  readonly key: boolean;
  readonly arrivedMs: number;
}

interface Shown {
  /** Media seconds behind the newest picture. */
  readonly behind: number | null;
  /** Milliseconds since the picture on the screen reached the recorder. */
  readonly ageMs: number | null;
}

/**
 * One init segment's worth of Media Source: fragments in, pictures out, the buffer kept short at the live edge.
 *
 * A new init segment needs a new sink, since its media times may begin anywhere. `onFault` is called at most once.
 */
export class MediaSink {
  readonly #source = new MediaSource();
  readonly #url: string;
  readonly #video: HTMLVideoElement;
  readonly #onFault: () => void;
  #buffer: SourceBuffer | null = null;
  #queue: Fragment[] = [];
  #appending: Fragment | null = null;
  #marks: readonly ArrivalMark[] = [];
  #awaitKey = false;
  #closed = false;
  dropped = 0;

  constructor(video: HTMLVideoElement, mime: string, init: ArrayBuffer, onFault: () => void) {
    this.#video = video;
    this.#onFault = onFault;
    this.#url = URL.createObjectURL(this.#source);
    video.src = this.#url;
    video.addEventListener('error', this.#fault);
    this.#source.addEventListener('sourceopen', () => {
      this.#open(mime, init);
    }, { once: true });
  }

  push(fragment: Fragment): void {
    if (this.#awaitKey && !fragment.key) {
      this.dropped += 1;
      return;
    }
    this.#awaitKey = false;
    if (this.#queue.length >= QUEUE_LIMIT) {
      this.dropped += this.#queue.length;
      this.#queue = [];
      this.#awaitKey = !fragment.key;
      if (this.#awaitKey) return;
    }
    this.#queue.push(fragment);
    this.#pump();
  }

  /** Keeps to the live edge; called a few times a second. */
  tick(nowMs: number, skewMs: number): Shown {
    if (this.#closed || this.#buffer === null) return { behind: null, ageMs: null };
    const video = this.#video;
    const plan = planBuffer({ ranges: ranges(this.#buffer.buffered), at: video.currentTime });
    if (plan.seekTo !== null) video.currentTime = plan.seekTo;
    if (video.playbackRate !== plan.rate) video.playbackRate = plan.rate;
    if (plan.remove !== null && !this.#buffer.updating) this.#buffer.remove(plan.remove.start, plan.remove.end);
    // A browser may pause a muted video of a hidden page; a live picture is never paused on purpose.
    if (video.paused && plan.behind !== null) void video.play().catch(() => undefined);
    return { behind: plan.behind, ageMs: plan.behind === null ? null : pictureAge(this.#marks, video.currentTime, nowMs, skewMs) };
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#queue = [];
    this.#video.removeEventListener('error', this.#fault);
    this.#video.removeAttribute('src');
    this.#video.load();
    URL.revokeObjectURL(this.#url);
  }

  #open(mime: string, init: ArrayBuffer): void {
    if (this.#closed) return;
    try {
      this.#buffer = this.#source.addSourceBuffer(mime);
      this.#buffer.mode = 'segments';
      this.#buffer.addEventListener('updateend', this.#appended);
      this.#buffer.addEventListener('error', this.#fault);
      this.#buffer.appendBuffer(init);
    } catch {
      this.#fault();
    }
  }

  readonly #appended = (): void => {
    const done = this.#appending;
    this.#appending = null;
    if (done !== null && this.#buffer !== null && !this.#closed) {
      const end = ranges(this.#buffer.buffered).at(-1)?.end;
      if (end !== undefined) this.#marks = addMark(this.#marks, { mediaEnd: end, arrivedMs: done.arrivedMs });
    }
    this.#pump();
  };

  #pump(): void {
    const buffer = this.#buffer;
    const next = this.#queue[0];
    if (this.#closed || buffer === null || buffer.updating || next === undefined) return;
    try {
      buffer.appendBuffer(next.data);
      this.#appending = next;
      this.#queue.shift();
    } catch (error) {
      this.#refused(buffer, error);
    }
  }

  #refused(buffer: SourceBuffer, error: unknown): void {
    const oldest = ranges(buffer.buffered)[0];
    const room = this.#video.currentTime - 1;
    if (error instanceof DOMException && error.name === 'QuotaExceededError' && oldest !== undefined && oldest.start < room) {
      buffer.remove(oldest.start, room);
      return;
    }
    this.#fault();
  }

  readonly #fault = (): void => {
    if (this.#closed) return;
    this.close();
    this.#onFault();
  };
}

function ranges(buffered: TimeRanges): Range[] {
  return Array.from({ length: buffered.length }, (_, i) => ({ start: buffered.start(i), end: buffered.end(i) }));
}
