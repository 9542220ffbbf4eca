import { Card, Tabs } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClassDay, DaySession } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import { RequestClip } from '~/clips/RequestClip.tsx';
import { minuteOf, ms } from '~/time/zone.ts';
import { Nothing } from '~/ui/Nothing.tsx';
import { CountChart } from './CountChart.tsx';
import type { CountFacts } from './countChart.ts';
import { EstimateRow } from './EstimateRow.tsx';
import { RosterPresence } from './RosterPresence.tsx';

interface SessionPanelProps {
  session: DaySession;
  day: ClassDay;
  onFinding: (id: string) => void;
}

/** One session: the numbers, the chart and who was seen. */
export function SessionPanel({ session, day, onFinding }: SessionPanelProps) {
  const { t } = useTranslation();
  const readsFindings = useMay('read_finding');
  const requests = useMay('request_clip');
  const facts = useFacts(session, day);
  const summary = session.summary ?? null;
  return (
    <Card
      size="small"
      title={`${minuteOf(ms(session.starts_at))}–${minuteOf(ms(session.ends_at))} · ${session.venue.name}`}
      extra={requests && <RequestClip session={session} />}
      data-testid="session"
    >
      {readsFindings && summary === null && <Nothing what={t('day.noSummary')} />}
      {readsFindings && summary !== null && (
        <>
          <EstimateRow summary={summary} report={day.report ?? null} />
          <Tabs
            size="small"
            items={[
              { key: 'counts', label: t('day.counts'), children: <CountChart facts={facts} onFinding={onFinding} /> },
              { key: 'roster', label: t('day.roster'), children: <RosterPresence students={summary.students} /> },
            ]}
          />
        </>
      )}
      {!readsFindings && session.cameras.map((camera) => camera.name).join('、')}
    </Card>
  );
}

function useFacts(session: DaySession, day: ClassDay): CountFacts {
  return useMemo(
    () => ({
      start: ms(session.starts_at),
      end: ms(session.ends_at),
      series: session.series,
      people: session.summary?.people ?? null,
      reported: day.report?.present ?? null,
      findings: day.findings.filter((finding) => finding.session.id === session.id),
    }),
    [session, day],
  );
}
