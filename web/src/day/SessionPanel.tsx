import { useNavigate } from '@tanstack/react-router';
import { Card, Tabs } from 'antd';
import { lazy, Suspense, useMemo } from 'react';
import type { ClassDay, DaySession } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import { RequestClip } from '~/clips/RequestClip.tsx';
import { useTranslation } from '~/i18n/index.ts';
import { minuteOf, ms } from '~/time/zone.ts';
import { Nothing } from '~/ui/Nothing.tsx';
import { Waiting } from '~/ui/Waiting.tsx';
import { findingMarks, type CountFacts } from './countChart.ts';
import { EstimateRow } from './EstimateRow.tsx';
import { MarkList } from './MarkList.tsx';
import { PresenceStrips } from './PresenceStrips.tsx';
import { RosterPresence } from './RosterPresence.tsx';
import { shownUntil } from './shownUntil.ts';
import { useDayWords } from './words.ts';

/** The charts are larger than everything else on the page, and not what is read first. */
const CountChart = lazy(() => import('./CountChart.tsx'));

interface SessionPanelProps {
  session: DaySession;
  day: ClassDay;
  now: number;
  onFinding: (id: string) => void;
}

/** One session: the numbers, the chart and who was seen. */
export function SessionPanel({ session, day, now, onFinding }: SessionPanelProps) {
  const { marks } = useTranslation();
  const say = useDayWords();
  const readsFindings = useMay('read_finding');
  const requests = useMay('request_clip');
  const facts = useFacts(session, day, now);
  const summary = session.summary ?? null;
  return (
    <Card
      size="small"
      title={`${minuteOf(ms(session.starts_at))}–${minuteOf(ms(session.ends_at))} · ${session.venue.name}`}
      extra={requests && <RequestClip session={session} />}
      data-testid="session"
    >
      {readsFindings && summary === null && <Nothing what={say('noSummary')} />}
      {readsFindings && summary !== null && (
        <>
          <EstimateRow summary={summary} report={day.report ?? null} />
          <Tabs
            size="small"
            items={[
              { key: 'counts', label: say('counts'), children: <Counts facts={facts} session={session} day={day} onFinding={onFinding} /> },
              { key: 'roster', label: say('roster'), children: <RosterPresence students={summary.students} /> },
            ]}
          />
        </>
      )}
      {!readsFindings && session.cameras.map((camera) => camera.name).join(marks.list)}
    </Card>
  );
}

interface CountsProps {
  facts: CountFacts;
  session: DaySession;
  day: ClassDay;
  onFinding: (id: string) => void;
}

/** One time axis: people counted, findings, what was recorded, who was seen; any second of it leads to the recording. */
function Counts({ facts, session, day, onFinding }: CountsProps) {
  const navigate = useNavigate();
  const watches = useMay('watch_recording');
  const camera = session.cameras[0];
  const replay = (at: number) => {
    if (camera !== undefined) void navigate({ to: '/recordings', search: { camera: camera.id, date: day.date, at: Math.floor(at) } });
  };
  return (
    <>
      <Suspense fallback={<Waiting rows={5} height={192} />}>
        <CountChart facts={facts} onFinding={onFinding} />
      </Suspense>
      <PresenceStrips
        students={session.summary?.students ?? []}
        coverage={day.coverage.filter((one) => one.session_id === session.id)}
        teaching={session.summary?.teaching ?? null}
        window={{ from: facts.start, to: facts.end }}
        onPick={watches && camera !== undefined ? replay : null}
      />
      <MarkList marks={findingMarks(facts.findings)} />
    </>
  );
}

function useFacts(session: DaySession, day: ClassDay, now: number): CountFacts {
  const span = { start: ms(session.starts_at), end: ms(session.ends_at) };
  const newest = session.series.at(-1);
  const end = shownUntil(span, now, newest === undefined ? span.start : ms(newest.at));
  return useMemo(
    () => ({
      start: ms(session.starts_at),
      end,
      series: session.series,
      people: session.summary?.people ?? null,
      reported: day.report?.present ?? null,
      findings: day.findings.filter((finding) => finding.session.id === session.id),
    }),
    [session, day, end],
  );
}
