import { describe, expect, it } from 'vitest';
import type { Finding } from '~/api/schema.d.ts';
import { grouped, marksOf, otherMark } from './marks.ts';

const at = (second: number): string => new Date(second * 1000).toISOString();

function finding(id: string, frames: readonly (readonly [number, string | null])[], state: Finding['state'] = 'open'): Finding {
  return {
    id, state, rule: 'R7.1x', kind: 'unknown_person', confidence: 0.9, class: { id: 'c', name: 'c' }, session: { id: 's', starts_at: at(0), ends_at: at(99) },
    expected: { zh: '', en: '' }, seen: { zh: '', en: '' }, reasons: [], would_change: { zh: '', en: '' }, policy: { version: 1, label: '' }, raised_at: at(0), updated_at: at(0),
    frames: frames.map(([second, camera], index) => ({ index, at: at(second), camera: camera === null ? null : { id: camera, name: '' }, width: 1, height: 1, faces: [], url: '' })),
  };
}

describe('marks', () => {
  const marks = marksOf(
    [finding('late', [[50, 'x']]), finding('two', [[3, 'y'], [10, 'x'], [20, 'x']]), finding('same', [[10, 'x']]), finding('gone', [[5, 'x']], 'withdrawn'), finding('old', [[6, null]])],
    'x',
  );

  it('stand at the first picture of this camera, in order, those of one instant together', () => {
    expect(marks.map((mark) => [mark.at, mark.findings.map((one) => one.id)])).toEqual([[10_000, ['two', 'same']], [50_000, ['late']]]);
  });

  it('melt together when they are too near to be told apart, and are left out when out of sight', () => {
    expect(grouped(marks, { from: 0, to: 100_000 }, 0.5).map((mark) => mark.findings.length)).toEqual([3]);
    expect(grouped(marks, { from: 0, to: 100_000 }, 0.1)).toHaveLength(2);
    expect(grouped(marks, { from: 20_000, to: 100_000 }, 0.1).map((mark) => mark.at)).toEqual([50_000]);
  });

  it('lead from one to the next and back', () => {
    expect(otherMark(marks, 10_000, 1)?.at).toBe(50_000);
    expect(otherMark(marks, 50_500, -1)?.at).toBe(10_000);
    expect(otherMark(marks, 53_000, -1)?.at).toBe(50_000);
    expect(otherMark(marks, 60_000, 1)).toBeNull();
  });
});
