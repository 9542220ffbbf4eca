import { useQuery } from '@tanstack/react-query';
import { Button, Table, Tag, Tooltip, type TableColumnsType } from 'antd';
import { useState } from 'react';
import type { Class, Punch, PunchFace } from '~/api/schema.d.ts';
import { useMay, useMe } from '~/app/access.ts';
import { FormLinks } from '~/files/FormLinks.tsx';
import { useText, useTranslation } from '~/i18n/index.ts';
import { ms, timeOf } from '~/time/zone.ts';
import { DatePick } from '~/ui/DatePick.tsx';
import { Loaded } from '~/ui/Loaded.tsx';
import { Nothing } from '~/ui/Nothing.tsx';
import styles from './attendance.module.css';
import { ImportPunches } from './ImportPunches.tsx';
import { punchesQuery } from './queries.ts';
import { useAttendanceWords } from './words.ts';

/** R7.3a: the punches of a day, each with what is to be said of it. */
export function PunchPart({ one, today }: { one: Class; today: string }) {
  const { t } = useTranslation();
  const say = useAttendanceWords();
  const text = useText();
  const keeps = useMay('keep_attendance');
  const centre = useMe().institution == null;
  const [date, setDate] = useState(today < one.starts_on ? one.starts_on : today > one.ends_on ? one.ends_on : today);
  const query = useQuery(punchesQuery(one.id, date));
  const [importing, setImporting] = useState(false);
  const columns: TableColumnsType<Punch> = [
    { title: t('common.time'), render: (_, punch) => timeOf(ms(punch.made_at)) },
    { title: say('student'), render: (_, punch) => punch.student.name },
    { title: `${say('in')} / ${say('out')}`, render: (_, punch) => say(`side.${punch.side}`) },
    { title: say('method'), render: (_, punch) => say(`punch.${punch.method}`) },
    ...(centre ? [{ title: say('seen'), render: (_: unknown, punch: Punch) => <Seen face={punch.face} /> }] : []),
    { title: say('device'), render: (_, punch) => punch.device?.name ?? (punch.imported_by == null ? '—' : say('importedBy', { by: punch.imported_by.display_name })) },
    { title: t('common.venue'), render: (_, punch) => punch.venue.name },
    {
      title: t('common.state'),
      render: (_, punch) => (
        <Tag color={punch.counts ? 'success' : 'default'} variant="filled">
          {say(punch.counts ? 'countsYes' : 'countsNo')}
        </Tag>
      ),
    },
    {
      title: say('marks'),
      render: (_, punch) =>
        punch.marks.map(({ mark, text: told }) => (
          <Tooltip key={mark} title={text(told)}>
            <Tag color="warning" variant="filled">
              {text(told)}
            </Tag>
          </Tooltip>
        )),
    },
  ];
  return (
    <>
      <div className={styles.bar}>
        <DatePick date={date} today={today} onChange={setDate} />
        {keeps && (
          <Button onClick={() => setImporting(true)} data-testid="import-punches">
            {say('import')}
          </Button>
        )}
        <div className={styles.push}>
          <FormLinks of={`/institutions/${one.institution.id}/reports/${date}`} label={say('dayForm')} />
        </div>
      </div>
      <Loaded query={query}>
        {(punches) => (
          <Table<Punch>
            size="small"
            rowKey="id"
            columns={columns}
            dataSource={[...punches]}
            showHeader={punches.length > 0}
            scroll={punches.length > 0 ? { x: 'max-content' } : undefined}
            pagination={punches.length > 60 ? { pageSize: 60, size: 'small' } : false}
            locale={{ emptyText: <Nothing what={say('punchesNone')} /> }}
          />
        )}
      </Loaded>
      {importing && <ImportPunches one={one} onClose={() => setImporting(false)} />}
    </>
  );
}

/** How sure the kiosk was of a face, and its hint whether somebody stood there in person; a hint only: nobody is refused for it. */
function Seen({ face }: { face: PunchFace | null | undefined }) {
  const say = useAttendanceWords();
  if (face == null) return '—';
  const { similarity, liveness } = face;
  return (
    <Tooltip title={face.margin == null ? face.model : `${say('ahead', { margin: face.margin.toFixed(2) })} · ${face.model}`}>
      {say('alike', { similarity: similarity.toFixed(2) })}{' '}
      {liveness != null && (
        <Tag color={liveness.in_person * 2 >= liveness.pictures ? 'default' : 'warning'} variant="filled" data-testid="in-person">
          {say('inPerson', { in_person: liveness.in_person, pictures: liveness.pictures })}
        </Tag>
      )}
    </Tooltip>
  );
}
