import { rewritten } from './fragment.ts';
import { TICKS, type Fragment, type Segment } from './segment.ts';

/** The camera changed its pictures within the range: one film cannot hold both. */
export class FormatChanged extends Error {
  constructor(readonly at: number) {
    super('the camera changed its picture format');
    this.name = 'FormatChanged';
  }
}


/** Puts a film together, segment after segment, so that no more than one has to be at hand. */
export class Cutter {
  #format: Uint8Array | null = null;
  #start: number | null = null;
  #end = 0;
  /** Where the film ends so far, in ticks. */
  #ticks = 0;
  #sequence = 0;

  constructor(
    readonly from: number,
    readonly until: number,
  ) {}

  /**
   * What the film gains by the next segment in time. It begins with the key picture at or before `from`, since no decoder begins
   * elsewhere, and ends with the last picture before `until`; over a hole the picture stands still, so that it keeps real time.
   */
  add(segment: Segment): Uint8Array[] {
    const wanted = segment.fragments.slice(this.#start === null ? this.#first(segment.fragments) : 0).filter((one) => one.at < this.until);
    const first = wanted[0];
    if (first === undefined) return [];
    if (this.#format !== null && !same(this.#format, segment.format)) throw new FormatChanged(first.at);
    const parts: Uint8Array[] = this.#format === null ? [segment.head] : [];
    this.#format = segment.format;
    this.#start ??= first.at;
    // Within a segment its own time line counts; between them the clock, which may not go back.
    const shift = Math.max(this.#ticks, Math.round(((first.at - this.#start) * TICKS) / 1000)) - first.dts;
    for (const one of wanted) {
      let [count, at, ticks] = [0, one.at, 0];
      for (const picture of one.pictures) {
        if (count > 0 && at >= this.until) break;
        count += 1;
        ticks += picture.ticks;
        at = one.at + (ticks / TICKS) * 1000;
      }
      this.#sequence += 1;
      parts.push(...rewritten(segment, one, count, one.dts + shift, this.#sequence));
      this.#ticks = one.dts + shift + ticks;
      this.#end = at;
    }
    return parts;
  }

  /** What the film shows so far; null while nothing. */
  get span(): { start: number; end: number } | null {
    return this.#start === null ? null : { start: this.#start, end: this.#end };
  }

  /** The fragment to begin with: the last one with a key picture in front that begins at or before `from`, else the first such. */
  #first(fragments: readonly Fragment[]): number {
    const keys = fragments.flatMap((one, index) => (one.pictures[0]?.key === true ? [index] : []));
    return keys.findLast((index) => (fragments[index]?.at ?? Infinity) <= this.from) ?? keys[0] ?? fragments.length;
  }
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
