import 'dayjs/locale/zh-cn';
import { useQuery } from '@tanstack/react-query';
import { DatePicker, Form, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { studentsQuery } from '~/api/queries.ts';
import type { Class } from '~/api/schema.d.ts';
import { useTranslation } from '~/i18n/index.ts';
import styles from './attendance.module.css';
import { useAttendanceWords } from './words.ts';

/** Who, and from which day to which. */
export interface StudentSpan {
  student_id: string;
  span: [Dayjs, Dayjs];
}

export function StudentSpanFields({ one }: { one: Class }) {
  const { t } = useTranslation();
  const say = useAttendanceWords();
  const students = useQuery(studentsQuery(one.id));
  const needed = [{ required: true, message: t('common.required') }];
  return (
    <div className={styles.pair}>
      <Form.Item name="student_id" label={say('student')} rules={needed}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          loading={students.isPending}
          options={students.data?.map((student) => ({ value: student.id, label: student.number == null ? student.name : `${student.name}（${student.number}）` }))}
        />
      </Form.Item>
      <Form.Item name="span" label={say('leaveSpan')} rules={needed}>
        <DatePicker.RangePicker style={{ width: '100%' }} minDate={dayjs(one.starts_on)} maxDate={dayjs(one.ends_on)} />
      </Form.Item>
    </div>
  );
}

/** The two days as they are sent. */
export function days([first, last]: [Dayjs, Dayjs]): { first_on: string; last_on: string } {
  return { first_on: first.format('YYYY-MM-DD'), last_on: last.format('YYYY-MM-DD') };
}
