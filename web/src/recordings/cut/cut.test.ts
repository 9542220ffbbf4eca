import { describe, expect, it } from 'vitest';
import { Cutter, FormatChanged } from './cut.ts';
import { readSegment, TICKS, type Segment } from './segment.ts';

/** Ten pictures a second; a fragment has five, a key picture in front of every second fragment. */
const PICTURE = TICKS / 10;
const T0 = Date.parse('2026-11-23T01:00:00Z');
const NTP = 2_208_988_800;

describe('cutting a range out of segments', () => {
  it('begins at the key picture before it, ends with the last picture in it, and keeps real time', () => {
    const film = cut(T0 + 1_700, T0 + 3_250, [segment(T0, 4), segment(T0 + 2_000, 4)]);
    expect(film.span).toEqual({ start: T0 + 1_000, end: T0 + 3_300 });
    const read = readSegment(film.bytes);
    expect(read.fragments.map((one) => Math.round(one.at - T0))).toEqual([1_000, 1_500, 2_000, 2_500, 3_000]);
    expect(read.fragments.map((one) => one.dts)).toEqual([0, 5, 10, 15, 20].map((pictures) => pictures * PICTURE));
    expect(read.fragments[0]?.pictures[0]?.key).toBe(true);
    // 3.0, 3.1 and 3.2: the picture at 3.3 is outside.
    expect(read.fragments.at(-1)?.pictures).toHaveLength(3);
  });

  it('keeps the pictures’ own bytes, and names exactly as many', () => {
    const film = cut(T0, T0 + 250, [segment(T0, 2)]);
    const [only] = readSegment(film.bytes).fragments;
    expect(readSegment(film.bytes).fragments).toHaveLength(1);
    const bytes = film.bytes.subarray(only?.mdat.body, only?.mdat.end);
    expect([...bytes]).toEqual([1, 2, 2, 3, 3, 3]);
    // The offset of the pictures leads from the moof to them.
    const view = new DataView(film.bytes.buffer);
    expect((only?.moof.start ?? 0) + view.getInt32((only?.trun.body ?? 0) + 8)).toBe(only?.mdat.body);
    expect(film.bytes).toHaveLength(only?.mdat.end ?? 0);
  });

  it('reads a list that names the flags of its first picture only, as one of a single picture does', () => {
    const single = join([
      box('prft', u32(0x18), u32(1), u32(T0 / 1000 + NTP), u32(0), u32(0)),
      box('moof', box('mfhd', u32(0), u32(1)), box('traf', box('tfhd', u32(0x20000), u32(1)), box('tfdt', u32(0x0100_0000), u64(0)), box('trun', u32(0x0100_0b05), u32(1), u32(116), u32(0x0200_0000), u32(PICTURE), u32(3), u32(0)))),
      box('mdat', new Uint8Array([7, 8, 9])),
    ]);
    const [only] = readSegment(join([headOf(1), single])).fragments;
    expect(only?.pictures).toEqual([{ ticks: PICTURE, bytes: 3, key: true }]);
  });

  it('stands still over a hole', () => {
    const film = cut(T0, T0 + 30_000, [segment(T0, 2), segment(T0 + 20_000, 2)]);
    expect(readSegment(film.bytes).fragments.map((one) => one.dts / TICKS)).toEqual([0, 0.5, 20, 20.5]);
    expect(film.span).toEqual({ start: T0, end: T0 + 21_000 });
  });

  it('does not run backwards when the clock was set back between two segments', () => {
    const film = cut(T0, T0 + 30_000, [segment(T0, 2), segment(T0 + 900, 2)]);
    expect(readSegment(film.bytes).fragments.map((one) => one.dts / TICKS)).toEqual([0, 0.5, 1, 1.5]);
  });

  it('gives nothing where there is nothing, and refuses two formats in one film', () => {
    const nothing = new Cutter(T0 - 9_000, T0 - 8_000);
    expect(nothing.add(segment(T0, 2))).toEqual([]);
    expect(nothing.span).toBeNull();
    expect(() => cut(T0, T0 + 9_000, [segment(T0, 2, 1), segment(T0 + 1_000, 2, 2)])).toThrow(FormatChanged);
  });

  it('refuses what our recorder does not write', () => {
    expect(() => readSegment(new Uint8Array([0, 0, 0, 8, 0x66, 0x72, 0x65, 0x65]))).toThrow('moov');
    expect(() => readSegment(new Uint8Array([0, 0, 9, 8, 0x66, 0x72, 0x65, 0x65]))).toThrow('does not fit');
  });
});

function cut(from: number, until: number, segments: readonly Segment[]) {
  const cutter = new Cutter(from, until);
  const parts = segments.flatMap((one) => cutter.add(one));
  return { bytes: join(parts), span: cutter.span };
}

/** A segment that begins at `at`, in the layout of ingest's recorder. */
function segment(at: number, fragments: number, format = 1): Segment {
  const made = Array.from({ length: fragments }, (_, index) => fragment(at + index * 500, index * 5 * PICTURE, index));
  return readSegment(join([headOf(format), ...made]));
}

function headOf(format: number): Uint8Array {
  const mdhd = box('mdhd', u32(0x0100_0000), u64(0), u64(0), u32(TICKS), u64(0));
  const stbl = box('stbl', box('stsd', u32(0), u32(format)));
  return join([box('ftyp', u32(0)), box('moov', box('trak', box('mdia', mdhd, box('minf', stbl))))]);
}

function fragment(at: number, dts: number, index: number): Uint8Array {
  const pictures = [1, 2, 3, 4, 5];
  const entries = pictures.map((size, place) => join([u32(PICTURE), u32(size), u32(index % 2 === 0 && place === 0 ? 0x0200_0000 : 0x0101_0000), u32(0)]));
  const moof = (offset: number) =>
    box('moof', box('mfhd', u32(0), u32(index + 1)), box('traf', box('tfhd', u32(0x20000), u32(1)), box('tfdt', u32(0x0100_0000), u64(dts)), box('trun', u32(0x0100_0f01), u32(5), u32(offset), ...entries)));
  const prft = box('prft', u32(0x18), u32(1), u32(Math.floor(at / 1000) + NTP), u32(((at % 1000) / 1000) * 2 ** 32), u32(dts));
  return join([prft, moof(moof(0).length + 8), box('mdat', ...pictures.map((size) => new Uint8Array(size).fill(size)))]);
}

function box(name: string, ...content: readonly Uint8Array[]): Uint8Array {
  const body = join(content);
  return join([u32(body.length + 8), new TextEncoder().encode(name), body]);
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function u32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

function u64(value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value));
  return bytes;
}
