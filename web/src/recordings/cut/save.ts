import { Cutter } from './cut.ts';
import { readSegment } from './segment.ts';

/** A segment to fetch, and when it begins. */
interface Source {
  readonly src: string;
  readonly start: number;
  readonly end: number;
}

export interface Film {
  readonly blob: Blob;
  readonly start: number;
  readonly end: number;
}

/** A segment could not be fetched. */
export class Unfetched extends Error {
  constructor(readonly status: number) {
    super(`HTTP ${status}`);
    this.name = 'Unfetched';
  }
}

/**
 * Fetches the segments of a range one by one and makes one film of them; null when none of them has a picture there. Tells after
 * each how many of them are done.
 */
export async function filmOf(sources: readonly Source[], from: number, until: number, signal: AbortSignal, onDone: (done: number) => void): Promise<Film | null> {
  const cutter = new Cutter(from, until);
  const parts: Blob[] = [];
  for (const [index, source] of sources.entries()) {
    const response = await fetch(source.src, { signal });
    if (!response.ok) throw new Unfetched(response.status);
    const bytes = new Uint8Array(await response.arrayBuffer());
    // A blob may lie on the disk; the segment itself is let go.
    parts.push(new Blob(cutter.add(readSegment(bytes)) as BlobPart[]));
    onDone(index + 1);
  }
  const { span } = cutter;
  return span === null ? null : { blob: new Blob(parts, { type: 'video/mp4' }), ...span };
}

/** Hands a film to the browser as a download. */
export function save(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads it after the click has returned.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
