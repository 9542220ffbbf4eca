import { useEffect, useRef } from 'react';
import { useScheme } from '~/app/scheme.ts';
import { PALETTES } from '~/app/theme.ts';
import { useTranslation } from '~/i18n/index.ts';
import { useLiveWords } from '~/live/words.ts';
import { init } from '~/ui/echarts.ts';
import { countChart, findingMarks, type CountFacts } from './countChart.ts';
import { useDayWords } from './words.ts';

interface CountChartProps {
  facts: CountFacts;
  onFinding: (id: string) => void;
}

/** Draws {@link countChart}; a click on a mark opens the first of its findings. */
export default function CountChart({ facts, onFinding }: CountChartProps) {
  const { t } = useTranslation();
  const sayLive = useLiveWords();
  const say = useDayWords();
  const scheme = useScheme();
  const host = useRef<HTMLDivElement>(null);
  const chart = useRef<ReturnType<typeof init> | null>(null);

  useEffect(() => {
    if (host.current === null) return;
    const made = init(host.current);
    chart.current = made;
    const watcher = new ResizeObserver(() => {
      made.resize();
    });
    watcher.observe(host.current);
    return () => {
      watcher.disconnect();
      made.dispose();
      chart.current = null;
    };
  }, []);

  useEffect(() => {
    chart.current?.setOption(
      countChart(facts, {
        people: say('peopleSeen'),
        reported: sayLive('reported'),
        estimate: say('people'),
        kind: (finding) => t(`findings.kind.${finding.kind}`),
      }, PALETTES[scheme]),
      { replaceMerge: ['series'] },
    );
  }, [facts, scheme, say, sayLive, t]);

  useEffect(() => {
    const made = chart.current;
    const clicked = (event: { seriesId?: string; dataIndex?: number }) => {
      if (event.seriesId !== 'findings') return;
      const finding = findingMarks(facts.findings)[event.dataIndex ?? 0]?.findings[0];
      if (finding !== undefined) onFinding(finding.id);
    };
    made?.on('click', clicked);
    return () => {
      if (made?.isDisposed() === false) made.off('click', clicked);
    };
  }, [facts, onFinding]);

  return <div ref={host} style={{ height: 220 }} role="img" aria-label={say('series')} data-testid="count-chart" />;
}
