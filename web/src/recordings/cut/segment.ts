import { boxAt, boxes, NotOurs, viewOf, type Box } from './boxes.ts';

/** Ticks a second of all our recordings. */
export const TICKS = 90_000;
/** Seconds from 1900, where NTP begins, to 1970. */
const NTP_TO_UNIX = 2_208_988_800;
/** What a `trun` may say (8.8.8), as our recorder writes it; where its pictures lie, how long and how large each is, it must. */
const HAS = { place: 0x001, firstFlags: 0x004, ticks: 0x100, bytes: 0x200, flags: 0x400, later: 0x800 };
const NEEDED = HAS.place | HAS.ticks | HAS.bytes;
const KNOWN = NEEDED | HAS.firstFlags | HAS.flags | HAS.later;
/** `sample_is_non_sync_sample`. */
const DELTA = 0x0001_0000;

interface Picture {
  readonly ticks: number;
  readonly bytes: number;
  readonly key: boolean;
}

/** A fragment of a segment: some pictures, and when the first of them was taken. */
export interface Fragment {
  readonly prft: Box;
  readonly moof: Box;
  readonly mdat: Box;
  readonly traf: Box;
  readonly tfdt: Box;
  readonly trun: Box;
  /** Bytes that a picture takes in `trun`. */
  readonly entry: number;
  readonly pictures: readonly Picture[];
  /** Decoding time of the first picture, in ticks on the segment's own time line. */
  readonly dts: number;
  /** The same as an instant, in milliseconds since the epoch. */
  readonly at: number;
}

/** A segment of a recording, read as far as cutting needs. */
export interface Segment {
  readonly bytes: Uint8Array;
  /** `ftyp` and `moov`. */
  readonly head: Uint8Array;
  /** How the pictures are coded; segments that differ here cannot be one film. */
  readonly format: Uint8Array;
  readonly fragments: readonly Fragment[];
}

export function readSegment(bytes: Uint8Array): Segment {
  const view = viewOf(bytes);
  const top = boxes(view, 0, bytes.length);
  const moov = top.find((box) => box.name === 'moov');
  if (moov === undefined) throw new NotOurs('it has no moov');
  const track = ['trak', 'mdia'];
  const mdhd = boxAt(view, moov.body, moov.end, [...track, 'mdhd']);
  if (view.getUint32(mdhd.body + (view.getUint8(mdhd.body) === 1 ? 20 : 12)) !== TICKS) throw new NotOurs('its time scale');
  const stsd = boxAt(view, moov.body, moov.end, [...track, 'minf', 'stbl', 'stsd']);
  const fragments = top.flatMap((box, index) => {
    const [prft, mdat] = [top[index - 1], top[index + 1]];
    if (box.name !== 'moof') return [];
    if (prft?.name !== 'prft' || mdat?.name !== 'mdat') throw new NotOurs('a fragment without its time or its pictures');
    return [fragment(view, prft, box, mdat)];
  });
  return { bytes, head: bytes.subarray(0, moov.end), format: bytes.subarray(stsd.start, stsd.end), fragments };
}

function fragment(view: DataView, prft: Box, moof: Box, mdat: Box): Fragment {
  const traf = boxAt(view, moof.body, moof.end, ['traf']);
  const tfdt = boxAt(view, traf.body, traf.end, ['tfdt']);
  const trun = boxAt(view, traf.body, traf.end, ['trun']);
  const { entry, later, pictures } = picturesOf(view, trun);
  return { prft, moof, mdat, traf, tfdt, trun, entry, pictures, dts: timeIn(view, tfdt), at: shownAt(view, prft) - (later / TICKS) * 1000 };
}

/** The list of pictures: how large an entry is, how much later than decoded the first is shown, and each picture. */
function picturesOf(view: DataView, trun: Box): { entry: number; later: number; pictures: Picture[] } {
  const says = view.getUint32(trun.body) & 0xffffff;
  if ((says & NEEDED) !== NEEDED || (says & ~KNOWN) !== 0) throw new NotOurs('its list of pictures');
  const has = (bit: number): number => ((says & bit) === 0 ? 0 : 4);
  const count = view.getUint32(trun.body + 4);
  const first = trun.body + 12 + has(HAS.firstFlags);
  const entry = 8 + has(HAS.flags) + has(HAS.later);
  if (count === 0 || first + count * entry !== trun.end) throw new NotOurs('its number of pictures');
  const flagsOf = (index: number): number => {
    if (index === 0 && has(HAS.firstFlags) > 0) return view.getUint32(trun.body + 12);
    return has(HAS.flags) > 0 ? view.getUint32(first + index * entry + 8) : DELTA;
  };
  const pictures = Array.from({ length: count }, (_, index): Picture => {
    const at = first + index * entry;
    return { ticks: view.getUint32(at), bytes: view.getUint32(at + 4), key: (flagsOf(index) & DELTA) === 0 };
  });
  return { entry, later: has(HAS.later) > 0 ? view.getInt32(first + entry - 4) : 0, pictures };
}

/** When the first picture was taken, out of `prft`. */
function shownAt(view: DataView, prft: Box): number {
  const seconds = view.getUint32(prft.body + 8);
  // NTP counts in eras of 2^32 seconds; the second begins in 2036.
  const era = seconds < 0x8000_0000 ? 2 ** 32 : 0;
  return (seconds + era - NTP_TO_UNIX + view.getUint32(prft.body + 12) / 2 ** 32) * 1000;
}

/** A time of the version that its box says. */
function timeIn(view: DataView, box: Box): number {
  return view.getUint8(box.body) === 1 ? Number(view.getBigUint64(box.body + 4)) : view.getUint32(box.body + 4);
}
