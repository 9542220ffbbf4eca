import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Table, Tag, type TableColumnsType } from 'antd';
import { reportsQuery } from '~/api/queries.ts';
import type { Report } from '~/api/schema.d.ts';
import { useTranslation } from '~/i18n/index.ts';
import { ms, stampOf } from '~/time/zone.ts';
import { Loaded } from '~/ui/Loaded.tsx';
import { Nothing } from '~/ui/Nothing.tsx';

/** Every daily report of a class, as it was sent. */
export function ReportTable({ classId }: { classId: string }) {
  const { t } = useTranslation();
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
    { title: t('report.roll'), align: 'right', dataIndex: 'roll' },
    { title: t('report.present'), align: 'right', dataIndex: 'present' },
    { title: t('report.sick'), align: 'right', dataIndex: 'sick' },
    { title: t('report.personal'), align: 'right', dataIndex: 'personal' },
    { title: t('report.other'), align: 'right', dataIndex: 'other' },
    { title: t('common.state'), render: (_, report) => <Tag color={report.late ? 'warning' : 'success'} variant="filled">{t(report.late ? 'report.late' : 'report.onTime')}</Tag> },
    { title: t('report.send'), render: (_, report) => `${stampOf(ms(report.sent_at))} · ${report.sent_by.display_name} · ${t('report.revision', { revision: report.revision })}` },
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
          locale={{ emptyText: <Nothing what={t('classes.reportsEmpty')} /> }}
        />
      )}
    </Loaded>
  );
}
