import { viewOf, type Box } from './boxes.ts';
import type { Fragment, Segment } from './segment.ts';

/** A fragment on another time line: its first `count` pictures, decoded from `dts` ticks on, as number `sequence`. */
export function rewritten(segment: Segment, fragment: Fragment, count: number, dts: number, sequence: number): Uint8Array[] {
  const { prft, moof, mdat, traf, tfdt, trun, entry, pictures, dts: before } = fragment;
  const cut = (pictures.length - count) * entry;
  const kept = pictures.slice(0, count).reduce((sum, picture) => sum + picture.bytes, 0);
  const origin = prft.start;
  // The list of pictures is the last of its boxes, so that what is left out of it is a piece in one place.
  const behind = segment.bytes.subarray(trun.end, moof.end);
  const head = new Uint8Array(moof.end - origin - cut + 8);
  head.set(segment.bytes.subarray(origin, trun.end - cut));
  head.set(behind, trun.end - cut - origin);
  const view = viewOf(head);
  const shrink = (box: Box, by: number) => view.setUint32(box.start - origin, box.end - box.start - by);
  for (const box of [moof, traf, trun]) shrink(box, cut);
  view.setUint32(moof.body - origin + 12, sequence);
  const media = prft.body - origin + 16;
  const late = view.getUint8(prft.body - origin) === 1 ? Number(view.getBigUint64(media)) - before : view.getUint32(media) - before;
  putTime(view, tfdt.body - origin, tfdt.body - origin + 4, dts);
  putTime(view, prft.body - origin, media, dts + late);
  view.setUint32(trun.body - origin + 4, count);
  view.setInt32(trun.body - origin + 8, view.getInt32(trun.body - origin + 8) - cut - (mdat.body - mdat.start - 8));
  view.setUint32(head.length - 8, kept + 8);
  head.set([0x6d, 0x64, 0x61, 0x74], head.length - 4);
  return [head, segment.bytes.subarray(mdat.body, mdat.body + kept)];
}

function putTime(view: DataView, version: number, at: number, ticks: number): void {
  if (view.getUint8(version) === 1) view.setBigUint64(at, BigInt(ticks));
  else view.setUint32(at, ticks);
}
