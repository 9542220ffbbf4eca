import { ImportOutlined, LeftOutlined, RightOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Flex, Tag, Tooltip } from 'antd';
import { useState } from 'react';
import type { CalendarOrigin, HolidayYear } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import { useNow } from '~/app/clock.ts';
import { useLanguage, useText } from '~/i18n/index.ts';
import { dateOf, ms, stampOf } from '~/time/zone.ts';
import { Loaded } from '~/ui/Loaded.tsx';
import styles from './administration.module.css';
import { ImportHolidays } from './ImportHolidays.tsx';
import { holidaysQuery } from './queries.ts';
import { weeksOf } from './year.ts';
import { useAdministrationWords } from './words.ts';

const COLOURS = { provisional: 'warning', built_in: 'success', imported: 'processing' } as const satisfies Record<CalendarOrigin, string>;
const MONTHS = Array.from({ length: 12 }, (_, index) => index + 1);
const WEEKDAYS = ['d1', 'd2', 'd3', 'd4', 'd5', 'd6', 'd7'] as const;

/** The calendar of working days of a year, on which every deadline rests. */
export function Holidays() {
  const say = useAdministrationWords();
  const edits = useMay('edit_policy');
  const [year, setYear] = useState(Number(dateOf(useNow()).slice(0, 4)));
  const query = useQuery(holidaysQuery(year));
  const [importing, setImporting] = useState(false);
  return (
    <>
      <Flex wrap gap={10} align="center">
        <Button icon={<LeftOutlined />} aria-label={say('holiday.previous')} disabled={year <= 2000} onClick={() => setYear(year - 1)} />
        <b aria-live="polite" style={{ minWidth: 60, textAlign: 'center' }}>
          {say('holiday.yearOf', { year })}
        </b>
        <Button icon={<RightOutlined />} aria-label={say('holiday.next')} disabled={year >= 9998} onClick={() => setYear(year + 1)} />
        {query.data !== undefined && (
          <Tag color={COLOURS[query.data.origin]} variant="filled">
            {say(`holiday.origin.${query.data.origin}`)}
          </Tag>
        )}
        {edits && query.data !== undefined && (
          <Button icon={<ImportOutlined />} onClick={() => setImporting(true)} style={{ marginInlineStart: 'auto' }} data-testid="import-holidays">
            {say('holiday.import')}
          </Button>
        )}
      </Flex>
      <Loaded query={query}>{(shown) => <Year key={shown.year} year={shown} />}</Loaded>
      {importing && query.data !== undefined && <ImportHolidays year={query.data} onClose={() => setImporting(false)} />}
    </>
  );
}

function Year({ year }: { year: HolidayYear }) {
  const say = useAdministrationWords();
  const marks = new Map(year.days.map((day) => [day.date, day]));
  return (
    <>
      {year.origin === 'provisional' && <Alert type="warning" showIcon title={say('holiday.provisionalHint')} style={{ marginTop: 10 }} />}
      <p className={styles.quiet} style={{ marginTop: 8 }}>
        {year.source ?? say('holiday.computed')}
      </p>
      <div className={styles.legend}>
        <span>
          <span className={styles.day} data-kind="holiday">
            {say('holiday.mark.holiday')}
          </span>
          {say('holiday.kind.holiday')}
        </span>
        <span>
          <span className={styles.day} data-kind="make_up">
            {say('holiday.mark.make_up')}
          </span>
          {say('holiday.kind.make_up')}
        </span>
      </div>
      <div className={styles.months} data-testid="year">
        {MONTHS.map((month) => (
          <Month key={month} year={year.year} month={month} marks={marks} />
        ))}
      </div>
      {year.imports.length > 0 && (
        <section className={styles.section} style={{ marginTop: 16 }}>
          <h3>{say('holiday.imports')}</h3>
          <ul className={styles.plain}>
            {year.imports.map((one) => (
              <li key={one.version}>
                <b>{one.source}</b> <span className={styles.quiet}>{`${stampOf(ms(one.imported_at))} · ${one.imported_by.display_name} · ${one.reason}`}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Month({ year, month, marks }: { year: number; month: number; marks: Parameters<typeof weeksOf>[2] }) {
  const say = useAdministrationWords();
  const text = useText();
  const language = useLanguage();
  const title = language === 'zh' ? `${month}月` : new Date(Date.UTC(year, month - 1, 1)).toLocaleString('en', { month: 'long', timeZone: 'UTC' });
  return (
    <section className={styles.month}>
      <h3>{title}</h3>
      <table aria-label={`${year} ${title}`}>
        <thead>
          <tr>
            {WEEKDAYS.map((day) => (
              <th key={day} scope="col">
                {say(`holiday.weekday.${day}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(year, month, marks).map((week, index) => (
            <tr key={index}>
              {week.map((cell, at) => {
                if (cell === null) return <td key={at} />;
                const { marked } = cell;
                const said = marked === null ? undefined : `${marked.holiday == null ? '' : text(marked.holiday)} ${say(cell.kind === 'make_up' ? 'holiday.kind.make_up' : 'holiday.kind.holiday')}`.trim();
                return (
                  <td key={at}>
                    <Tooltip title={said}>
                      <span className={styles.day} data-kind={cell.kind} aria-label={said === undefined ? undefined : `${cell.day} ${said}`} role={said === undefined ? undefined : 'img'}>
                        {cell.day}
                      </span>
                    </Tooltip>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
