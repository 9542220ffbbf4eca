import type { LineSeriesOption, ScatterSeriesOption } from 'echarts/charts';
import type { GridComponentOption, TooltipComponentOption } from 'echarts/components';
import type { ComposeOption } from 'echarts/core';
import type { CameraRef, CountPoint, Estimate, Finding } from '~/api/schema.d.ts';
import type { Palette } from '~/app/theme.ts';
import { minuteOf, ms, timeOf } from '~/time/zone.ts';

export type CountOption = ComposeOption<LineSeriesOption | ScatterSeriesOption | GridComponentOption | TooltipComponentOption>;

export interface CountFacts {
  /** The time that the axis shows, in milliseconds since the epoch. */
  readonly start: number;
  readonly end: number;
  readonly series: readonly CountPoint[];
  readonly people: Estimate | null;
  readonly reported: number | null;
  readonly findings: readonly Finding[];
}

export interface CountWords {
  readonly people: string;
  readonly reported: string;
  readonly estimate: string;
  readonly kind: (finding: Finding) => string;
}

export interface FindingMark {
  readonly at: number;
  /** The camera that took the first of these pictures. */
  readonly camera: CameraRef | null;
  /** The findings that show at this instant. */
  readonly findings: readonly Finding[];
}

/** Where findings stand on the time line: at their first picture, those at one instant together. */
export function findingMarks(findings: readonly Finding[]): FindingMark[] {
  const byInstant = new Map<number, { camera: CameraRef | null; findings: Finding[] }>();
  for (const finding of findings) {
    const first = finding.frames[0];
    if (first === undefined || finding.state === 'withdrawn') continue;
    const at = ms(first.at);
    const there = byInstant.get(at);
    byInstant.set(at, { camera: there?.camera ?? first.camera ?? null, findings: [...(there?.findings ?? []), finding] });
  }
  return [...byInstant].map(([at, found]) => ({ at, ...found })).sort((a, b) => a.at - b.at);
}

/** The height of the chart: room above the highest of all that is drawn. */
export function ceiling(facts: CountFacts): number {
  const highest = Math.max(1, facts.reported ?? 0, facts.people?.high ?? 0, ...facts.series.map((point) => point.people));
  const step = highest > 8 ? 5 : 2;
  return Math.ceil((highest + 1) / step) * step;
}

/** The chart: people over the session, the reported number as a line, the estimate as a band, findings as marks on top. */
export function countChart(facts: CountFacts, words: CountWords, palette: Palette): CountOption {
  const top = ceiling(facts);
  const marks = findingMarks(facts.findings);
  return {
    animation: false,
    grid: { left: 34, right: 92, top: 18, bottom: 24 },
    tooltip: { trigger: 'axis', axisPointer: { type: 'line' }, formatter: (params) => tip(params, marks, words), backgroundColor: palette.paper, borderColor: palette.line, textStyle: { color: palette.ink } },
    xAxis: {
      type: 'time',
      min: facts.start,
      max: facts.end,
      axisLabel: { formatter: (value: number) => minuteOf(value), color: palette.quiet, hideOverlap: true },
      axisLine: { lineStyle: { color: palette.line } },
    },
    yAxis: { type: 'value', min: 0, max: top, minInterval: 1, axisLabel: { color: palette.quiet }, splitLine: { lineStyle: { color: palette.lineSoft } } },
    series: [
      {
        id: 'people',
        type: 'line',
        name: words.people,
        data: facts.series.map((point) => [ms(point.at), point.people]),
        showSymbol: facts.series.length < 40,
        symbolSize: 4,
        lineStyle: { width: 1.6, color: palette.blue },
        itemStyle: { color: palette.blue },
        markArea: band(facts.people, words.estimate, palette),
        markLine: reportedLine(facts.reported, words.reported, palette),
      },
      {
        id: 'findings',
        type: 'scatter',
        symbol: 'pin',
        symbolSize: 26,
        itemStyle: { color: palette.red },
        label: { show: true, formatter: (p) => String(marks[p.dataIndex]?.findings.length ?? ''), color: palette.paper, fontSize: 11 },
        data: marks.map((mark) => [mark.at, top * 0.9]),
      },
    ],
  };
}

function band(people: Estimate | null, name: string, palette: Palette): LineSeriesOption['markArea'] {
  if (people === null) return undefined;
  return {
    silent: true,
    itemStyle: { color: palette.blue, opacity: 0.1 },
    label: { position: 'insideRight', color: palette.blue, fontSize: 11 },
    // A band of one number still has to be seen.
    data: [[{ name, yAxis: people.low === people.high ? people.low - 0.15 : people.low }, { yAxis: people.low === people.high ? people.high + 0.15 : people.high }]],
  };
}

function reportedLine(reported: number | null, name: string, palette: Palette): LineSeriesOption['markLine'] {
  if (reported === null) return undefined;
  return {
    silent: true,
    symbol: 'none',
    lineStyle: { color: palette.amber, type: 'dashed', width: 1.4 },
    label: { formatter: `${name} ${reported}`, color: palette.amber, position: 'end', fontSize: 12 },
    data: [{ yAxis: reported }],
  };
}

function tip(params: unknown, marks: readonly FindingMark[], words: CountWords): string {
  const points = (Array.isArray(params) ? params : [params]) as { seriesId?: string; dataIndex: number; value: [number, number] }[];
  const lines = points.flatMap((point) => {
    if (point.seriesId === 'findings') return (marks[point.dataIndex]?.findings ?? []).map((finding) => `● ${escape(words.kind(finding))}`);
    return [`${timeOf(point.value[0])}　${escape(words.people)} <b>${point.value[1]}</b>`];
  });
  return lines.join('<br>');
}

/** ECharts puts a formatter's answer into the page as HTML. */
function escape(text: string): string {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}
