import { Button, Card, Tag } from 'antd';
import type { Report } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import styles from '~/day/day.module.css';
import { useDayWords } from '~/day/words.ts';
import { ms, stampOf } from '~/time/zone.ts';
import { Nothing } from '~/ui/Nothing.tsx';
import { useReportWords } from './words.ts';

interface ReportCardProps {
  report: Report | null;
  onReport: () => void;
}

/** The daily report as the printed form has it. */
export function ReportCard({ report, onReport }: ReportCardProps) {
  const sayDay = useDayWords();
  const say = useReportWords();
  const sends = useMay('send_report');
  const button = sends && (
    <Button size="small" type={report === null ? 'primary' : 'default'} onClick={onReport} data-testid="open-report">
      {say(report === null ? 'send' : 'resend')}
    </Button>
  );
  return (
    <Card size="small" title={sayDay('report')} extra={button} data-testid="report-card">
      {report === null ? <Nothing what={say('none')} hint={say('noneHint')} /> : <Slip report={report} />}
    </Card>
  );
}

function Slip({ report }: { report: Report }) {
  const say = useReportWords();
  const optional = (n: number | null | undefined) => n ?? say('notCounted');
  const rows = [
    [say('roll'), report.roll],
    [say('present'), report.present],
    [`　${say('presentMen')}`, optional(report.present_men)],
    [`　${say('presentWomen')}`, optional(report.present_women)],
    [say('sick'), report.sick],
    [say('personal'), report.personal],
    [say('other'), report.other],
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
                {say('note')}
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
          {say('sentAt', { by: report.sent_by.display_name, at: stampOf(ms(report.sent_at)) })} · {say('revision', { revision: report.revision })}
        </span>
        <Tag color={report.late ? 'warning' : 'success'} variant="filled" style={{ marginInlineEnd: 0 }}>
          {say(report.late ? 'late' : 'onTime')}
        </Tag>
      </div>
    </>
  );
}
