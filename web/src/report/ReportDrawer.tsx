import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Drawer, Form, Input, InputNumber, Select, Space, Tag } from 'antd';
import { api } from '~/api/client.ts';
import { ask, Problem } from '~/api/problem.ts';
import { studentsQuery } from '~/api/queries.ts';
import type { ClassDay, Report, Student } from '~/api/schema.d.ts';
import { useMessages } from '~/app/messages.tsx';
import { useSentence } from '~/app/useProblem.ts';
import { useTranslation } from '~/i18n/index.ts';
import { useFieldProblems } from '~/ui/useFieldProblems.ts';
import styles from './report.module.css';
import { COUNTS, OPTIONAL, startForm, toReport, type ReportForm } from './reportFields.ts';
import { useReportWords } from './words.ts';

interface ReportDrawerProps {
  day: ClassDay;
  onClose: () => void;
}

/** The form of the daily report. What the rules refuse stands at its field, with the rule. */
export function ReportDrawer({ day, onClose }: ReportDrawerProps) {
  const say = useReportWords();
  const students = useQuery(studentsQuery(day.class.id)).data;
  return (
    <Drawer
      open
      destroyOnHidden
      size={520}
      title={
        <>
          {say(day.report == null ? 'send' : 'resend')}
          <div className={styles.of}>{`${day.class.name} · ${day.date}`}</div>
        </>
      }
      onClose={onClose}
    >
      {students !== undefined && <Fields day={day} students={students} onClose={onClose} />}
    </Drawer>
  );
}

function Fields({ day, students, onClose }: ReportDrawerProps & { students: readonly Student[] }) {
  const { t } = useTranslation();
  const say = useReportWords();
  const sentence = useSentence();
  const message = useMessages();
  const client = useQueryClient();
  const [form] = Form.useForm<ReportForm>();
  const atFields = useFieldProblems(form);
  const labels = useLabels();
  const send = useMutation({
    mutationFn: (values: ReportForm) =>
      ask(api.PUT('/classes/{id}/reports/{date}', { params: { path: { id: day.class.id, date: day.date } }, body: toReport(values) })),
    onSuccess: async (report: Report) => {
      message.success(say(report.late ? 'sentLate' : 'sent'));
      onClose();
      await Promise.all([client.invalidateQueries({ queryKey: ['classes', day.class.id] }), client.invalidateQueries({ queryKey: ['days'] })]);
    },
    onError: atFields,
  });
  const refusals = send.error instanceof Problem ? send.error.errors.length : 0;
  return (
    <Form<ReportForm> form={form} layout="vertical" initialValues={startForm(day.report ?? null, students.length)} onFinish={(values) => send.mutate(values)}>
      {send.isError && (
        <Alert
          type="error"
          showIcon
          data-testid="report-refused"
          style={{ marginBottom: 12 }}
          title={refusals > 0 ? say('errors', { count: refusals }) : sentence(send.error)}
        />
      )}
      <div className={styles.counts}>
        {COUNTS.map((name) => (
          <Form.Item
            key={name}
            name={name}
            label={labels[name]}
            rules={OPTIONAL.has(name) ? [] : [{ required: true, message: say('numberNeeded') }]}
          >
            <InputNumber min={0} max={100_000} precision={0} style={{ width: '100%' }} placeholder={OPTIONAL.has(name) ? say('optional') : undefined} />
          </Form.Item>
        ))}
      </div>
      <Absent students={students} />
      <Form.Item name="note" label={say('note')} rules={[{ max: 2000, message: t('common.tooLong', { max: 2000 }) }]}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={2000} />
      </Form.Item>
      <Space>
        <Button type="primary" htmlType="submit" loading={send.isPending} data-testid="send-report">
          {say(day.report == null ? 'send' : 'resend')}
        </Button>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Tag variant="filled">R7.3b</Tag>
      </Space>
    </Form>
  );
}

function useLabels(): Record<(typeof COUNTS)[number], string> {
  const say = useReportWords();
  return {
    roll: say('roll'),
    present: say('present'),
    present_men: say('presentMen'),
    present_women: say('presentWomen'),
    sick: say('sick'),
    personal: say('personal'),
    other: say('other'),
  };
}

function Absent({ students }: { students: readonly Student[] }) {
  const { t } = useTranslation();
  const say = useReportWords();
  const reasons = (['sick', 'personal', 'other'] as const).map((value) => ({ value, label: say(`reasons.${value}`) }));
  const people = students.map((student) => ({ value: student.id, label: student.number == null ? student.name : `${student.name}（${student.number}）` }));
  return (
    <Form.Item label={say('absent')} extra={say('absentHint')}>
      <Form.List name="absent">
        {(fields, { add, remove }, { errors }) => (
          <>
            {fields.map((field) => (
              <div key={field.key} className={styles.absent}>
                <Form.Item name={[field.name, 'student']} rules={[{ required: true, message: say('studentNeeded') }]} noStyle>
                  <Select showSearch={{ optionFilterProp: 'label' }} options={people} placeholder={t('common.student')} aria-label={t('common.student')} />
                </Form.Item>
                <Form.Item name={[field.name, 'reason']} noStyle>
                  <Select options={reasons} aria-label={say('reason')} />
                </Form.Item>
                <Button type="text" icon={<DeleteOutlined />} aria-label={t('common.remove')} onClick={() => remove(field.name)} />
              </div>
            ))}
            <Button type="dashed" size="small" icon={<PlusOutlined />} onClick={() => add({ reason: 'sick' })}>
              {say('addAbsent')}
            </Button>
            <Form.ErrorList errors={errors} />
          </>
        )}
      </Form.List>
    </Form.Item>
  );
}
