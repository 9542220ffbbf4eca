import { useQuery } from '@tanstack/react-query';
import { Alert, Form, InputNumber } from 'antd';
import dayjs from 'dayjs';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import { venuesQuery } from '~/api/queries.ts';
import type { Class } from '~/api/schema.d.ts';
import { FilePick } from '~/files/FilePick.tsx';
import { useTranslation } from '~/i18n/index.ts';
import { dateOf, ms } from '~/time/zone.ts';
import { WizardDialog } from '~/ui/WizardDialog.tsx';
import { LessonCalendar } from './LessonCalendar.tsx';
import { byDate } from './lessons.ts';
import { lessonsOf, SLOTS, toTimetable, type PlanForm } from './planForm.ts';
import { ScheduleFields } from './ScheduleFields.tsx';
import type { Pasted } from './schedule.ts';
import { SubjectFields } from './SubjectFields.tsx';
import styles from './timetable.module.css';
import { useTimetableWords } from './words.ts';

/** R7.2a: syllabus, plan and timetable are handed in; lessons come from a pattern or a pasted table. */
export function HandInWizard({ one, onClose }: { one: Class; onClose: () => void }) {
  const { t } = useTranslation();
  const say = useTimetableWords();
  const venues = useQuery(venuesQuery).data?.filter((venue) => venue.institution.id === one.institution.id) ?? [];
  const [form] = Form.useForm<PlanForm>();
  const values = Form.useWatch([], { form, preserve: true }) as Partial<PlanForm> | undefined;
  const made = lessonsOf(values ?? {}, venues);
  const needed = [{ required: true, message: t('common.required') }];
  return (
    <WizardDialog<PlanForm>
      title={say('handIn')}
      form={form}
      initial={{ months: 3, subjects: [{}], source: 'generate', weekdays: [1, 2, 3, 4, 5], slots: SLOTS, span: [dayjs(one.starts_on), dayjs(one.ends_on)], venue_id: venues.length === 1 ? venues[0]?.id : undefined }}
      ok={say('handIn')}
      done={say('handedIn')}
      stale={['classes']}
      onClose={onClose}
      send={(all) => ask(api.POST('/classes/{id}/timetables', { params: { path: { id: one.id } }, body: toTimetable(all, lessonsOf(all, venues).lessons) }))}
      steps={[
        {
          title: say('files'),
          fields: ['syllabus_file_id', 'plan_file_id', 'months'],
          content: (
            <div className={styles.pair}>
              <Form.Item name="syllabus_file_id" label={say('syllabus')} rules={needed}>
                <FilePick />
              </Form.Item>
              <Form.Item name="plan_file_id" label={say('plan')} rules={needed}>
                <FilePick />
              </Form.Item>
              <Form.Item name="months" label={say('months')} rules={needed}>
                <InputNumber min={1} max={24} precision={0} style={{ width: '100%' }} />
              </Form.Item>
            </div>
          ),
        },
        { title: say('subjects'), fields: ['subjects'], content: <SubjectFields /> },
        { title: say('schedule'), fields: ['source', 'venue_id', 'span', 'weekdays', 'without', 'also', 'slots', 'pasted'], content: <ScheduleFields venues={venues} source={values?.source} wrong={made.wrong} /> },
        { title: say('preview'), fields: ['lessons'], content: <Preview made={made} start={one.starts_on} /> },
      ]}
    />
  );
}

function Preview({ made: { lessons }, start }: { made: Pasted; start: string }) {
  const say = useTimetableWords();
  const dates = [...byDate(lessons).keys()];
  const [first, last] = [dates.at(0), dates.at(-1)];
  if (first === undefined || last === undefined) return <Alert type="warning" showIcon title={say('previewNone')} />;
  return (
    <>
      <Alert type="info" showIcon title={say('previewOf', { from: first, to: last, days: dates.length, count: lessons.length })} description={say('previewHint')} style={{ marginBottom: 12 }} data-testid="preview" />
      <LessonCalendar key={first} lessons={lessons} start={first < start ? start : dateOf(ms(lessons[0]?.starts_at ?? ''))} today="" />
    </>
  );
}
