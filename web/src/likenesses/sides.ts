import { address } from '~/api/client.ts';
import type { Likeness } from '~/api/schema.d.ts';
import { ms } from '~/time/zone.ts';

/** One of the two videos, as far as comparing needs. */
export interface Side {
  readonly kind: 'upload' | 'clip';
  readonly id: string;
  readonly src: string;
  /** What it is called: the file's name, or the class. */
  readonly name: string;
  readonly whose: string;
  /** When its first picture was taken, in milliseconds since the epoch; of an upload as its sender says. */
  readonly start: number | null;
  /** Where in it the alike part lies, in seconds. */
  readonly from: number;
  readonly until: number;
}

/** The two videos: the upload on the left, what it is like on the right. */
export function sidesOf({ upload, span, other_upload, other_clip, other_span }: Likeness): readonly [Side, Side | null] {
  const uploaded = (one: Likeness['upload'], { from, until }: Likeness['span']): Side => ({
    kind: 'upload', id: one.id, src: address.upload(one.id), name: one.filename, whose: `${one.institution.name} · ${one.class.name}`, start: ms(one.starts_at), from, until,
  });
  if (other_upload != null) return [uploaded(upload, span), uploaded(other_upload, other_span)];
  if (other_clip == null) return [uploaded(upload, span), null];
  const clip: Side = {
    kind: 'clip', id: other_clip.id, src: address.clip(other_clip.id), name: other_clip.class.name, whose: '', start: other_clip.span == null ? null : ms(other_clip.span.start),
    from: other_span.from, until: other_span.until,
  };
  return [uploaded(upload, span), clip];
}

/** How long the two can be watched together, in seconds. */
export function lengthOf(left: Side, right: Side): number {
  return Math.max(1, Math.min(left.until - left.from, right.until - right.from));
}
