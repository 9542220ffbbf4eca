import type { Finding } from '~/api/schema.d.ts';
import { shareOf, type Window } from '~/recordings/axis.ts';
import { ms } from '~/time/zone.ts';

/** An instant at which findings show. */
export interface Mark {
  readonly at: number;
  readonly findings: readonly Finding[];
}

/** Where findings show in the pictures of one camera, each at its first picture there; what was withdrawn shows nowhere. */
export function marksOf(findings: readonly Finding[], camera: string): Mark[] {
  const byInstant = new Map<number, Finding[]>();
  for (const finding of findings) {
    const first = finding.state === 'withdrawn' ? undefined : finding.frames.find((frame) => frame.camera?.id === camera);
    if (first === undefined) continue;
    const at = ms(first.at);
    byInstant.set(at, [...(byInstant.get(at) ?? []), finding]);
  }
  return [...byInstant].map(([at, found]) => ({ at, findings: found })).sort((a, b) => a.at - b.at);
}

/** The marks in sight, those too near to each other to be told apart as one, at the first of them. */
export function grouped(marks: readonly Mark[], window: Window, apart: number): Mark[] {
  const groups: Mark[] = [];
  for (const mark of marks) {
    const place = shareOf(window, mark.at);
    if (place < 0 || place > 1) continue;
    const last = groups.at(-1);
    if (last !== undefined && place - shareOf(window, last.at) < apart) groups[groups.length - 1] = { at: last.at, findings: [...last.findings, ...mark.findings] };
    else groups.push(mark);
  }
  return groups;
}

/** The mark after or before an instant. One just passed does not count as before: a second press goes on to the one before it. */
export function otherMark(marks: readonly Mark[], at: number, direction: 1 | -1): Mark | null {
  if (direction > 0) return marks.find((mark) => mark.at > at + 500) ?? null;
  return marks.findLast((mark) => mark.at < at - 2_000) ?? null;
}
