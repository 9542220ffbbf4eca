import { Tooltip } from 'antd';
import type { Estimate, Report, SessionSummary } from '~/api/schema.d.ts';
import { useText } from '~/i18n/index.ts';
import { interval } from '~/time/amounts.ts';
import styles from './day.module.css';
import { useDayWords } from './words.ts';

/** The estimates of a session beside the reported numbers. */
export function EstimateRow({ summary, report }: { summary: SessionSummary; report: Report | null }) {
  const say = useDayWords();
  const text = useText();
  const short = report !== null && summary.people.high < report.present;
  return (
    <>
      <div className={styles.numbers}>
        <Figure label={say('reported')} value={report === null ? '—' : String(report.present)} />
        <EstimateFigure label={say('people')} estimate={summary.people} alarm={short} />
        {summary.different != null && <EstimateFigure label={say('different')} estimate={summary.different} hint={say('differentHint')} />}
        <EstimateFigure label={say('men')} estimate={summary.men ?? null} against={report?.present_men} hint={say('sexHint')} />
        <EstimateFigure label={say('women')} estimate={summary.women ?? null} against={report?.present_women} hint={say('sexHint')} />
        <EstimateFigure label={say('unknown')} estimate={summary.unknown} />
        <span className={styles.samples}>{say('samples', { count: summary.samples })}</span>
      </div>
      {summary.reservations.length > 0 && (
        <p className={styles.reservations}>
          {say('reservations', { text: summary.reservations.map((reason) => text(reason.text)).join(' · ') })}
        </p>
      )}
    </>
  );
}

function Figure({ label, value }: { label: string; value: string }) {
  return (
    <div className={styles.figure}>
      <small>{label}</small>
      <b>{value}</b>
    </div>
  );
}

interface EstimateFigureProps {
  label: string;
  estimate: Estimate | null;
  /** The reported number to stand beside, where there is one. */
  against?: number | null;
  alarm?: boolean;
  hint?: string;
}

function EstimateFigure({ label, estimate, against, alarm, hint }: EstimateFigureProps) {
  const say = useDayWords();
  if (estimate === null) return <Figure label={label} value="—" />;
  const told = say('intervalHint', { likely: estimate.likely, low: estimate.low, high: estimate.high });
  return (
    <Tooltip title={hint === undefined ? told : `${told}。${hint}`}>
      <div className={styles.figure}>
        <small>{label}</small>
        <span>
          <b className={alarm === true ? styles.alarm : undefined}>{estimate.likely}</b>
          {estimate.low !== estimate.high && <em>{interval(estimate.low, estimate.high)}</em>}
          {against != null && <em>/ {against}</em>}
        </span>
      </div>
    </Tooltip>
  );
}
