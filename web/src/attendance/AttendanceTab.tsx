import { getRouteApi } from '@tanstack/react-router';
import { Segmented } from 'antd';
import type { Class } from '~/api/schema.d.ts';
import { Devices } from '~/catalogue/Devices.tsx';
import { LeavePart } from './LeavePart.tsx';
import { MonthPart } from './MonthPart.tsx';
import { PARTS, type AttendancePart } from './parts.ts';
import { PunchPart } from './PunchPart.tsx';
import { StatementPart } from './StatementPart.tsx';
import { useAttendanceWords } from './words.ts';

const route = getRouteApi('/_app/classes/$classId/');
const LABELS = { month: 'matrix', leaves: 'leaves', statements: 'statements', punches: 'punches', devices: 'devices' } as const satisfies Record<AttendancePart, string>;

/** R7.3: attendance of a class by month, with leave, statements, punches and devices. */
export function AttendanceTab({ one, today }: { one: Class; today: string }) {
  const say = useAttendanceWords();
  const { part = 'month', month } = route.useSearch();
  const navigate = route.useNavigate();
  const inClass = today < one.starts_on ? one.starts_on : today > one.ends_on ? one.ends_on : today;
  return (
    <>
      <div style={{ overflowX: 'auto', marginBottom: 12 }}>
        <Segmented
          value={part}
          onChange={(next) => void navigate({ search: { tab: 'attendance', part: next }, replace: true })}
          options={PARTS.map((value) => ({ value, label: say(LABELS[value]) }))}
        />
      </div>
      {part === 'month' && (
        <MonthPart one={one} month={month ?? inClass.slice(0, 7)} onMonth={(next) => void navigate({ search: { tab: 'attendance', month: next }, replace: true })} />
      )}
      {part === 'leaves' && <LeavePart one={one} />}
      {part === 'statements' && <StatementPart one={one} />}
      {part === 'punches' && <PunchPart one={one} today={today} />}
      {part === 'devices' && <Devices institution={one.institution.id} />}
    </>
  );
}
