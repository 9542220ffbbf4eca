import 'dayjs/locale/zh-cn';
import { useQuery } from '@tanstack/react-query';
import { Checkbox, DatePicker, Form, Input, Radio, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import { venuesQuery } from '~/api/queries.ts';
import type { Class, Timetable } from '~/api/schema.d.ts';
import { useNow } from '~/app/clock.ts';
import { useTranslation } from '~/i18n/index.ts';
import { minuteOf, ms } from '~/time/zone.ts';
import { FormDialog } from '~/ui/FormDialog.tsx';
import { toChange, type Wanted } from './change.ts';
import { byDate } from './lessons.ts';
import styles from './timetable.module.css';
import { useTimetableWords } from './words.ts';

interface ChangeForm {
  day: string;
  lessons: string[];
  how: Wanted['how'];
  date?: Dayjs | null;
  venue_id?: string;
  teacher?: string;
  subject?: string;
  reason: string;
}

interface ChangeDialogProps {
  one: Class;
  timetable: Timetable;
  today: string;
  onClose: () => void;
}

/** 说明情况申请调整课时: a day's lessons are moved, replaced or cancelled, before they begin. */
export function ChangeDialog({ one, timetable, today, onClose }: ChangeDialogProps) {
  const { t } = useTranslation();
  const say = useTimetableWords();
  const now = useNow();
  const [form] = Form.useForm<ChangeForm>();
  const venues = useQuery(venuesQuery).data?.filter((venue) => venue.institution.id === one.institution.id);
  const upcoming = byDate(timetable.lessons.filter((lesson) => ms(lesson.starts_at) > now));
  const days = [...upcoming.keys()];
  const day = Form.useWatch('day', form) as string | undefined;
  const how = Form.useWatch('how', form) as Wanted['how'] | undefined;
  const needed = [{ required: true, message: t('common.required') }];
  const ids = (of: string | undefined) => (of === undefined ? [] : (upcoming.get(of) ?? []).map(({ id }) => id));
  return (
    <FormDialog<ChangeForm>
      title={say('change')}
      hint={days.length === 0 ? say('noUpcoming') : say('changeHint')}
      form={form}
      width={640}
      initial={{ day: days[0], lessons: ids(days[0]), how: 'move' }}
      done={say('changeAsked')}
      stale={['classes']}
      onClose={onClose}
      send={({ lessons, date, ...rest }) =>
        ask(
          api.POST('/timetables/{id}/changes', {
            params: { path: { id: timetable.id } },
            body: toChange(timetable.lessons.filter(({ id }) => lessons.includes(id)), { ...rest, date: date?.format('YYYY-MM-DD') }),
          }),
        )
      }
      aim={({ field }) => (field.startsWith('added') ? ['date'] : undefined)}
    >
      <Form.Item name="day" label={say('changeDay')} rules={needed}>
        <Select showSearch options={days.map((date) => ({ value: date, label: say('dayLessons', { date, count: upcoming.get(date)?.length ?? 0 }) }))} onChange={(next: string) => form.setFieldValue('lessons', ids(next))} />
      </Form.Item>
      <Form.Item name="lessons" label={say('changeLessons')} rules={needed}>
        <Checkbox.Group
          options={(day === undefined ? [] : (upcoming.get(day) ?? [])).map((lesson) => ({ value: lesson.id, label: `${minuteOf(ms(lesson.starts_at))} ${lesson.subject}` }))}
        />
      </Form.Item>
      <Form.Item name="how" label={say('changeHow')}>
        <Radio.Group options={[{ value: 'move', label: say('changeMove') }, { value: 'cancel', label: say('changeCancel') }]} />
      </Form.Item>
      {how !== 'cancel' && (
        <div className={styles.pair}>
          <Form.Item name="date" label={say('changeTo')} extra={say('changeSame')}>
            <DatePicker style={{ width: '100%' }} minDate={dayjs(today)} />
          </Form.Item>
          <Form.Item name="venue_id" label={t('common.venue')} extra={say('changeSame')}>
            <Select allowClear options={venues?.map((venue) => ({ value: venue.id, label: venue.name }))} />
          </Form.Item>
          <Form.Item name="teacher" label={say('teacher')} extra={say('changeSame')}>
            <Input maxLength={100} />
          </Form.Item>
          <Form.Item name="subject" label={say('subject')} extra={say('changeSame')}>
            <Input maxLength={100} />
          </Form.Item>
        </div>
      )}
      <Form.Item name="reason" label={say('changeReason')} rules={[{ required: true, whitespace: true, message: t('common.required') }]}>
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 8 }} maxLength={2000} />
      </Form.Item>
    </FormDialog>
  );
}
