/** A box of an MP4 file (ISO/IEC 14496-12, 4.2): its name, and where it and its content lie. */
export interface Box {
  readonly name: string;
  readonly start: number;
  /** Where the content begins. */
  readonly body: number;
  readonly end: number;
}

/** The bytes are not what our recorder writes. */
export class NotOurs extends Error {
  constructor(what: string) {
    super(`not a segment of ours: ${what}`);
    this.name = 'NotOurs';
  }
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** The boxes between two places of a file, one after the other. */
export function boxes(view: DataView, from: number, to: number): Box[] {
  const found: Box[] = [];
  for (let start = from; start + 8 <= to; ) {
    let size = view.getUint32(start);
    let body = start + 8;
    if (size === 1) {
      size = Number(view.getBigUint64(start + 8));
      body = start + 16;
    } else if (size === 0) size = to - start;
    const name = String.fromCharCode(view.getUint8(start + 4), view.getUint8(start + 5), view.getUint8(start + 6), view.getUint8(start + 7));
    if (size < body - start || start + size > to) throw new NotOurs(`the box ${name} does not fit`);
    found.push({ name, start, body, end: start + size });
    start += size;
  }
  return found;
}

/** The box at the end of a path of names, below the boxes between two places. */
export function boxAt(view: DataView, from: number, to: number, path: readonly string[]): Box {
  let inside = { body: from, end: to };
  let last: Box | undefined;
  for (const name of path) {
    last = boxes(view, inside.body, inside.end).find((box) => box.name === name);
    if (last === undefined) throw new NotOurs(`${path.join('/')} is missing`);
    inside = last;
  }
  if (last === undefined) throw new NotOurs('an empty path');
  return last;
}
