import { describe, expect, it } from 'vitest';
import type { Finding } from '~/api/schema.d.ts';
import { PALETTES } from '~/app/theme.ts';
import { ceiling, countChart, findingMarks, type CountFacts } from './countChart.ts';

const at = (minute: number): string => new Date(Date.UTC(2026, 10, 23, 1, minute)).toISOString();

function finding(id: string, minutes: number[], state: Finding['state'] = 'open'): Finding {
  return {
    id, state, rule: 'R7.1x', kind: 'unknown_person', confidence: 0.9, class: { id: 'c', name: 'c' },
    session: { id: 's', starts_at: at(0), ends_at: at(59) }, expected: { zh: '', en: '' }, seen: { zh: '', en: '' }, reasons: [],
    would_change: { zh: '', en: '' }, policy: { version: 1, label: '' }, raised_at: at(0), updated_at: at(0),
    frames: minutes.map((minute, index) => ({ index, at: at(minute), camera: minute === 9 ? null : { id: `camera ${minute}`, name: '' }, width: 640, height: 360, faces: [], url: '' })),
  };
}

const facts: CountFacts = {
  start: Date.parse(at(0)),
  end: Date.parse(at(59)),
  series: [{ at: at(1), people: 17 }, { at: at(2), people: 18 }],
  people: { likely: 18, low: 17, high: 19 },
  reported: 21,
  findings: [],
};
const words = { people: 'F', reported: 'R', estimate: 'E', kind: () => '<b>' };

describe('findingMarks', () => {
  it('stand at the first picture, together at one instant, in order', () => {
    const marks = findingMarks([finding('b', [9, 3]), finding('a', [2]), finding('c', [2, 5])]);
    expect(marks.map((mark) => [mark.at, mark.camera?.id, mark.findings.map((f) => f.id)])).toEqual([
      [Date.parse(at(2)), 'camera 2', ['a', 'c']],
      [Date.parse(at(9)), undefined, ['b']],
    ]);
  });

  it('leave out what is about papers or was withdrawn', () => {
    expect(findingMarks([finding('a', []), finding('b', [1], 'withdrawn')])).toEqual([]);
  });
});

describe('countChart', () => {
  it('has room for whatever is highest', () => {
    expect(ceiling(facts)).toBe(25);
    expect(ceiling({ ...facts, reported: null, people: { likely: 40, low: 38, high: 41 } })).toBe(45);
    expect(ceiling({ ...facts, series: [], people: null, reported: null })).toBe(2);
  });

  it('draws the report and the estimate only when they are known', () => {
    const faces = (f: CountFacts) => (countChart(f, words, PALETTES.light).series as { markLine?: unknown; markArea?: unknown }[])[0];
    expect(faces(facts)?.markLine).toMatchObject({ data: [{ yAxis: 21 }] });
    expect(faces(facts)?.markArea).toMatchObject({ data: [[{ yAxis: 17 }, { yAxis: 19 }]] });
    expect(faces({ ...facts, reported: null, people: null })).toMatchObject({ markLine: undefined, markArea: undefined });
  });

  it('lets no text become markup', () => {
    const option = countChart({ ...facts, findings: [finding('a', [1])] }, words, PALETTES.light);
    const tooltip = option.tooltip as { formatter: (p: unknown) => string };
    expect(tooltip.formatter([{ seriesId: 'findings', dataIndex: 0, value: [0, 0] }])).toBe('● &#60;b&#62;');
  });
});
