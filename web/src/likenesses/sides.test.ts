import { describe, expect, it } from 'vitest';
import type { Likeness } from '~/api/schema.d.ts';
import { lengthOf, sidesOf } from './sides.ts';

const upload = (id: string): Likeness['upload'] => ({
  id, filename: `${id}.mp4`, starts_at: '2026-11-23T01:00:00Z', session_id: null, class: { id: 'c', name: '一班' }, institution: { id: 'i', name: '启航' },
});
const likeness: Likeness = {
  id: 'l', alike: 0.94, mirrored: false, same_file: false, state: 'open', raised_at: '2026-11-24T01:00:00Z', upload: upload('new'), span: { from: 30, until: 90 },
  other_upload: null, other_clip: { id: 'clip', session_id: 's', class: { id: 'd', name: '二班' }, span: { start: '2026-11-20T01:00:00Z', end: '2026-11-20T01:20:00Z' } }, other_span: { from: 600, until: 655 },
};

describe('the two videos of a likeness', () => {
  it('are the upload and the clip that it is like, each from where the alike part begins', () => {
    const [left, right] = sidesOf(likeness);
    expect([left.name, left.from, right?.kind, right?.from]).toEqual(['new.mp4', 30, 'clip', 600]);
    expect(right?.start).toBe(Date.parse('2026-11-20T01:00:00Z'));
    expect(right === null ? 0 : lengthOf(left, right)).toBe(55);
  });

  it('are two uploads where it is like one', () => {
    const [, right] = sidesOf({ ...likeness, other_clip: null, other_upload: upload('old') });
    expect([right?.kind, right?.name, right?.from]).toEqual(['upload', 'old.mp4', 600]);
  });
});
