import { useQuery } from '@tanstack/react-query';
import { Form, Select } from 'antd';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import { venuesQuery } from '~/api/queries.ts';
import type { Class } from '~/api/schema.d.ts';
import { useTranslation } from '~/i18n/index.ts';
import { ImportDialog } from '~/imports/ImportDialog.tsx';
import { asTable, csvTemplate } from '~/imports/table.ts';
import { useAttendanceWords } from './words.ts';

/** The headings that the server knows; it knows no others in either language of the page. */
const HEADINGS = ['学号', '姓名', '打卡时间', '签到签退', '打卡方式'];

/** R7.3a: a table of punches out of a device that cannot send them itself. Every wrong line is named. */
export function ImportPunches({ one, onClose }: { one: Class; onClose: () => void }) {
  const { t } = useTranslation();
  const say = useAttendanceWords();
  const venues = useQuery(venuesQuery).data?.filter((venue) => venue.institution.id === one.institution.id) ?? [];
  return (
    <ImportDialog<{ venue_id: string }>
      title={say('import')}
      hint={say('importHint')}
      template={{ href: csvTemplate(HEADINGS), name: `${say('importTemplate')}.csv` }}
      trial={false}
      initial={{ venue_id: venues.length === 1 ? venues[0]?.id : undefined }}
      stale={['classes']}
      onClose={onClose}
      send={async ({ venue_id }, file) => {
        const { kept, known } = await ask(api.POST('/classes/{id}/punches/import', { params: { path: { id: one.id }, query: { venue_id } }, ...asTable(file) }));
        return { rows: kept, done: say('importDone', { kept, known }) };
      }}
    >
      <Form.Item name="venue_id" label={t('common.venue')} rules={[{ required: true, message: t('common.required') }]}>
        <Select options={venues.map((venue) => ({ value: venue.id, label: venue.name }))} />
      </Form.Item>
    </ImportDialog>
  );
}
