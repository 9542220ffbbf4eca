import { lazy, Suspense } from 'react';
import type { Class } from '~/api/schema.d.ts';
import { Waiting } from '~/ui/Waiting.tsx';
import type { ClassTab } from './tabs.ts';

// Each area with its words comes with its tab: most people open two or three of them.
const LifeTab = lazy(async () => ({ default: (await import('~/opening/LifeTab.tsx')).LifeTab }));
const StudentsTab = lazy(async () => ({ default: (await import('~/enrolment/StudentsTab.tsx')).StudentsTab }));
const TimetableTab = lazy(async () => ({ default: (await import('~/timetable/TimetableTab.tsx')).TimetableTab }));
const SessionTable = lazy(async () => ({ default: (await import('./SessionTable.tsx')).SessionTable }));
const AttendanceTab = lazy(async () => ({ default: (await import('~/attendance/AttendanceTab.tsx')).AttendanceTab }));
const ReportTable = lazy(async () => ({ default: (await import('./ReportTable.tsx')).ReportTable }));
const UploadsTab = lazy(async () => ({ default: (await import('~/uploads/UploadsTab.tsx')).UploadsTab }));
const EvidenceTab = lazy(async () => ({ default: (await import('~/evidence/EvidenceTab.tsx')).EvidenceTab }));
const SupervisionTab = lazy(async () => ({ default: (await import('~/supervision/SupervisionTab.tsx')).SupervisionTab }));
const ViolationTab = lazy(async () => ({ default: (await import('~/violations/ViolationTab.tsx')).ViolationTab }));
const SettlementTab = lazy(async () => ({ default: (await import('~/settlement/SettlementTab.tsx')).SettlementTab }));
const MessagesTab = lazy(async () => ({ default: (await import('~/messages/MessagesTab.tsx')).MessagesTab }));

interface ClassTabBodyProps {
  one: Class;
  tab: ClassTab;
  today: string;
}

/** What a tab of a class's page holds. */
export function ClassTabBody(props: ClassTabBodyProps) {
  return (
    <Suspense fallback={<Waiting rows={6} />}>
      <Body {...props} />
    </Suspense>
  );
}

function Body({ one, tab, today }: ClassTabBodyProps) {
  switch (tab) {
    case 'life':
      return <LifeTab one={one} today={today} />;
    case 'students':
      return <StudentsTab one={one} today={today} />;
    case 'timetable':
      return <TimetableTab one={one} today={today} />;
    case 'sessions':
      return <SessionTable one={one} />;
    case 'attendance':
      return <AttendanceTab one={one} today={today} />;
    case 'reports':
      return <ReportTable classId={one.id} />;
    case 'uploads':
      return <UploadsTab one={one} />;
    case 'messages':
      return <MessagesTab one={one} />;
    case 'evidence':
      return <EvidenceTab classId={one.id} />;
    case 'supervision':
      return <SupervisionTab one={one} today={today} />;
    case 'violations':
      return <ViolationTab one={one} />;
    case 'settlement':
      return <SettlementTab one={one} today={today} />;
  }
}
