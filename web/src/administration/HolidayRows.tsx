import 'dayjs/locale/zh-cn';
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, DatePicker, Form, Input } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useTranslation } from '~/i18n/index.ts';
import styles from './administration.module.css';
import type { HolidayRow } from './holidayFile.ts';
import { useAdministrationWords } from './words.ts';

/** A holiday as the form has it. */
export interface RowForm {
  zh: string;
  en: string;
  span: [Dayjs, Dayjs];
  work?: Dayjs[];
}

export function toForm({ zh, en, from, to, work }: HolidayRow): RowForm {
  return { zh, en, span: [dayjs(from), dayjs(to)], work: work.map((date) => dayjs(date)) };
}

export function toRow({ zh, en, span: [from, to], work }: RowForm): HolidayRow {
  const civil = (day: Dayjs) => day.format('YYYY-MM-DD');
  return { zh: zh.trim(), en: en.trim(), from: civil(from), to: civil(to), work: (work ?? []).map(civil) };
}

/** The holidays of a year, one below the other, as the notice lists them. */
export function HolidayRows({ year }: { year: number }) {
  const { t } = useTranslation();
  const say = useAdministrationWords();
  const needed = [{ required: true, message: t('common.required') }];
  const first = dayjs(`${year}-01-01`);
  return (
    <Form.List name="rows">
      {(fields, { add, remove }) => (
        <>
          {fields.map((field) => (
            <div key={field.key} className={styles.row}>
              <Form.Item name={[field.name, 'zh']} label={say('holiday.name')} rules={needed}>
                <Input maxLength={40} />
              </Form.Item>
              <Form.Item name={[field.name, 'en']} label={say('holiday.english')} rules={needed}>
                <Input maxLength={60} />
              </Form.Item>
              <Form.Item name={[field.name, 'span']} label={say('holiday.off')} rules={needed}>
                <DatePicker.RangePicker style={{ width: '100%' }} defaultPickerValue={[first, first]} />
              </Form.Item>
              <Form.Item name={[field.name, 'work']} label={say('holiday.worked')}>
                <DatePicker multiple style={{ width: '100%' }} maxTagCount="responsive" />
              </Form.Item>
              <Button type="text" icon={<DeleteOutlined />} aria-label={t('common.remove')} onClick={() => remove(field.name)} />
            </div>
          ))}
          <Button type="dashed" block icon={<PlusOutlined />} onClick={() => add()} style={{ marginBottom: 12 }}>
            {say('holiday.add')}
          </Button>
        </>
      )}
    </Form.List>
  );
}
