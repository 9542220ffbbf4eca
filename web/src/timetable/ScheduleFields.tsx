import 'dayjs/locale/zh-cn';
import { Checkbox, DatePicker, Form, Input, Radio, Select } from 'antd';
import type { Venue } from '~/api/schema.d.ts';
import { useTranslation } from '~/i18n/index.ts';
import type { PlanForm } from './planForm.ts';
import type { Pasted } from './schedule.ts';
import styles from './timetable.module.css';
import { useTimetableWords } from './words.ts';

interface ScheduleFieldsProps {
  venues: readonly Venue[];
  source: PlanForm['source'] | undefined;
  wrong: Pasted['wrong'];
}

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;

/** When and where the lessons are: by a pattern, or as a table has them. */
export function ScheduleFields({ venues, source, wrong }: ScheduleFieldsProps) {
  const { t } = useTranslation();
  const say = useTimetableWords();
  const needed = [{ required: true, message: t('common.required') }];
  return (
    <>
      <Form.Item name="source" label={say('source')}>
        <Radio.Group optionType="button" options={[{ value: 'generate', label: say('generate') }, { value: 'paste', label: say('paste') }]} />
      </Form.Item>
      {source === 'paste' ? (
        <>
          <Form.Item name="pasted" label={say('paste')} extra={say('pasteHint')} rules={needed}>
            <Input.TextArea autoSize={{ minRows: 6, maxRows: 14 }} spellCheck={false} style={{ fontFamily: 'var(--ant-font-family-code)', fontSize: 12.5 }} />
          </Form.Item>
          {wrong.length > 0 && (
            <ul role="alert" style={{ color: 'var(--red)', margin: '0 0 12px', paddingInlineStart: 18 }}>
              {wrong.slice(0, 8).map(({ line, why }) => (
                <li key={line}>{say('pasteWrong', { line, why: say(`pasteWhy.${why}`) })}</li>
              ))}
            </ul>
          )}
        </>
      ) : (
        <div className={styles.pair}>
          <Form.Item name="venue_id" label={t('common.venue')} rules={needed}>
            <Select options={venues.map((venue) => ({ value: venue.id, label: venue.name }))} />
          </Form.Item>
          <Form.Item name="span" label={say('span')} rules={needed}>
            <DatePicker.RangePicker style={{ width: '100%' }} />
          </Form.Item>
          <Form.Item name="weekdays" label={say('weekdays')} rules={needed} style={{ gridColumn: '1 / -1' }}>
            <Checkbox.Group options={WEEKDAYS.map((value) => ({ value, label: say(`weekday.d${value}`) }))} />
          </Form.Item>
          <Form.Item name="without" label={say('without')}>
            <DatePicker multiple maxTagCount="responsive" style={{ width: '100%' }} />
          </Form.Item>
          <Form.Item name="also" label={say('also')}>
            <DatePicker multiple maxTagCount="responsive" style={{ width: '100%' }} />
          </Form.Item>
          <Form.Item
            name="slots"
            label={say('slots')}
            extra={say('slotsHint')}
            style={{ gridColumn: '1 / -1' }}
            rules={[...needed, { type: 'array', defaultField: { type: 'string', pattern: /^([01]\d|2[0-3]):[0-5]\d$/, message: say('slotWrong') } }]}
          >
            <Select mode="tags" tokenSeparators={[' ', ',', '，']} open={false} suffix={null} />
          </Form.Item>
        </div>
      )}
    </>
  );
}
