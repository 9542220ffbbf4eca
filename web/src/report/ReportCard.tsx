import { Button, Card, Tag } from 'antd';
import type { Report } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import styles from '~/day/day.module.css';
import { useTranslation } from '~/i18n/index.ts';
import { ms, stampOf } from '~/time/zone.ts';
import { Nothing } from '~/ui/Nothing.tsx';

interface ReportCardProps {
  report: Report | null;
  onReport: () => void;
}

/** The daily report as the printed form has it. */
export function ReportCard({ report, onReport }: ReportCardProps) {
  const { t } = useTranslation();
  const sends = useMay('send_report');
  const button = sends && (
    <Button size="small" type={report === null ? 'primary' : 'default'} onClick={onReport} data-testid="open-report">
      {t(report === null ? 'report.send' : 'report.resend')}
    </Button>
  );
  return (
    <Card size="small" title={t('day.report')} extra={button} data-testid="report-card">
      {report === null ? <Nothing what={t('report.none')} hint={t('report.noneHint')} /> : <Slip report={report} />}
    </Card>
  );
}

function Slip({ report }: { report: Report }) {
  const { t } = useTranslation();
  const optional = (n: number | null | undefined) => n ?? t('report.notCounted');
  const rows = [
    [t('report.roll'), report.roll],
    [t('report.present'), report.present],
    [`　${t('report.presentMen')}`, optional(report.present_men)],
    [`　${t('report.presentWomen')}`, optional(report.present_women)],
    [t('report.sick'), report.sick],
    [t('report.personal'), report.personal],
    [t('report.other'), report.other],
  ] as const;
  return (
    <>
      <table className={styles.slip}>
        <tbody>
          {rows.map(([label, value]) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>{value}</td>
            </tr>
          ))}
          {report.note !== '' && (
            <tr>
              <th scope="row" colSpan={2}>
                {t('report.note')}
              </th>
            </tr>
          )}
          {report.note !== '' && (
            <tr>
              <td colSpan={2} className={styles.note}>
                {report.note}
              </td>
            </tr>
          )}
        </tbody>
      </table>
      <div className={styles.foot}>
        <span>
          {t('report.sentAt', { by: report.sent_by.display_name, at: stampOf(ms(report.sent_at)) })} · {t('report.revision', { revision: report.revision })}
        </span>
        <Tag color={report.late ? 'warning' : 'success'} variant="filled" style={{ marginInlineEnd: 0 }}>
          {t(report.late ? 'report.late' : 'report.onTime')}
        </Tag>
      </div>
    </>
  );
}
