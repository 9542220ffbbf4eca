import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Table, Tag, type TableColumnsType } from 'antd';
import { reportsQuery } from '~/api/queries.ts';
import type { Report } from '~/api/schema.d.ts';
import { useTranslation } from '~/i18n/index.ts';
import { useReportWords } from '~/report/words.ts';
import { ms, stampOf } from '~/time/zone.ts';
import { Loaded } from '~/ui/Loaded.tsx';
import { Nothing } from '~/ui/Nothing.tsx';
import { useClassWords } from './words.ts';

/** Every daily report of a class, as it was sent. */
export function ReportTable({ classId }: { classId: string }) {
  const { t } = useTranslation();
  const sayReport = useReportWords();
  const say = useClassWords();
  const query = useQuery(reportsQuery(classId));
  const columns: TableColumnsType<Report> = [
    {
      title: t('common.date'),
      render: (_, report) => (
        <Link to="/classes/$classId/days/$date" params={{ classId, date: report.date }}>
          {report.date}
        </Link>
      ),
    },
    { title: sayReport('roll'), align: 'right', dataIndex: 'roll' },
    { title: sayReport('present'), align: 'right', dataIndex: 'present' },
    { title: sayReport('sick'), align: 'right', dataIndex: 'sick' },
    { title: sayReport('personal'), align: 'right', dataIndex: 'personal' },
    { title: sayReport('other'), align: 'right', dataIndex: 'other' },
    { title: t('common.state'), render: (_, report) => <Tag color={report.late ? 'warning' : 'success'} variant="filled">{sayReport(report.late ? 'late' : 'onTime')}</Tag> },
    { title: sayReport('send'), render: (_, report) => `${stampOf(ms(report.sent_at))} · ${report.sent_by.display_name} · ${sayReport('revision', { revision: report.revision })}` },
  ];
  return (
    <Loaded query={query}>
      {(reports) => (
        <Table<Report>
          size="small"
          rowKey={(report) => `${report.date} ${report.revision}`}
          columns={columns}
          dataSource={[...reports]}
          pagination={reports.length > 30 ? { pageSize: 30, size: 'small' } : false}
          locale={{ emptyText: <Nothing what={say('reportsEmpty')} /> }}
        />
      )}
    </Loaded>
  );
}
