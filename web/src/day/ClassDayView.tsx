import { Card } from 'antd';
import type { ClassDay } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import { ClipRows } from '~/clips/ClipRows.tsx';
import { FindingRows } from '~/findings/FindingRows.tsx';
import { ReportCard } from '~/report/ReportCard.tsx';
import { DatePick } from '~/ui/DatePick.tsx';
import { Nothing } from '~/ui/Nothing.tsx';
import { Columns, Page } from '~/ui/Page.tsx';
import { PolicyTag } from '~/ui/PolicyTag.tsx';
import { CoverageCard } from './CoverageCard.tsx';
import { SessionPanel } from './SessionPanel.tsx';
import { useDayWords } from './words.ts';

interface ClassDayViewProps {
  day: ClassDay;
  today: string;
  now: number;
  onDate: (date: string) => void;
  onFinding: (id: string) => void;
  onReport: () => void;
  onBack: () => void;
}

/** A class on a day: what was counted against what was reported, and everything that hangs on it. */
export function ClassDayView({ day, today, now, onDate, onFinding, onReport, onBack }: ClassDayViewProps) {
  const say = useDayWords();
  const readsFindings = useMay('read_finding');
  const policy = day.findings[0]?.policy ?? day.clips[0]?.policy;
  return (
    <Page
      title={day.class.name}
      sub={day.institution.name}
      onBack={onBack}
      tools={
        <>
          {policy !== undefined && <PolicyTag policy={policy} />}
          <DatePick date={day.date} today={today} onChange={onDate} />
        </>
      }
    >
      <Columns
        main={
          <>
            {day.sessions.length === 0 && (
              <Card size="small">
                <Nothing what={say('noSessions')} />
              </Card>
            )}
            {day.sessions.map((session) => (
              <SessionPanel key={session.id} session={session} day={day} now={now} onFinding={onFinding} />
            ))}
            {day.coverage.length > 0 && <CoverageCard day={day} now={now} />}
          </>
        }
        side={
          <>
            <ReportCard report={day.report ?? null} onReport={onReport} />
            {readsFindings && (
              <Card size="small" title={`${say('findings')} (${day.findings.length})`} styles={{ body: { padding: day.findings.length > 0 ? 0 : undefined } }}>
                {day.findings.length === 0 ? <Nothing what={say('noFindings')} /> : <FindingRows findings={day.findings} />}
              </Card>
            )}
            <Card size="small" title={`${say('clips')} (${day.clips.length})`} styles={{ body: { padding: day.clips.length > 0 ? 0 : undefined } }}>
              {day.clips.length === 0 ? <Nothing what={say('noClips')} /> : <ClipRows clips={day.clips} />}
            </Card>
          </>
        }
      />
    </Page>
  );
}
