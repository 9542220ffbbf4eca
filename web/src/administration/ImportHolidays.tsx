import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Form, Input, Modal } from 'antd';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import type { HolidayDay, HolidayYear, ImportedHolidays } from '~/api/schema.d.ts';
import { useMessages } from '~/app/messages.tsx';
import { useText, useTranslation } from '~/i18n/index.ts';
import { Refused } from '~/ui/Refused.tsx';
import { useRefusal } from '~/ui/useFieldProblems.ts';
import styles from './administration.module.css';
import { fileOf, rowsOf } from './holidayFile.ts';
import { HolidayRows, toForm, toRow, type RowForm } from './HolidayRows.tsx';
import { useAdministrationWords } from './words.ts';

interface Given {
  source: string;
  rows?: RowForm[];
  reason: string;
}

/** Brings in the file of a year as the State Council published it: first what it would change, then for good. */
export function ImportHolidays({ year, onClose }: { year: HolidayYear; onClose: () => void }) {
  const { t } = useTranslation();
  const say = useAdministrationWords();
  const message = useMessages();
  const client = useQueryClient();
  const [form] = Form.useForm<Given>();
  const refusal = useRefusal(form, ({ field }) => (field === 'source' ? ['source'] : undefined));
  const go = useMutation({
    mutationFn: ({ given, dry_run }: { given: Given; dry_run: boolean }) => ask(api.POST('/holidays', { body: { toml: fileOf(year.year, given.source.trim(), (given.rows ?? []).map(toRow)), reason: given.reason, replaces: year.version, dry_run } })),
    onSuccess: async (_, { dry_run }) => {
      if (dry_run) return;
      message.success(say('holiday.imported'));
      onClose();
      await client.invalidateQueries({ queryKey: ['holidays'] });
    },
    onError: refusal.take,
  });
  const tried = go.isSuccess && go.variables.dry_run ? go.data : null;
  const needed = [{ required: true, message: t('common.required') }];
  return (
    <Modal
      open
      width={900}
      title={say('holiday.importOf', { year: year.year })}
      okText={say(tried === null ? 'holiday.try' : 'holiday.import')}
      confirmLoading={go.isPending}
      onOk={form.submit}
      onCancel={onClose}
      destroyOnHidden
    >
      <p style={{ marginTop: 0, color: 'var(--quiet)' }}>{say('holiday.importHint')}</p>
      <Refused error={go.error} left={refusal.left} />
      {tried !== null && <Changes tried={tried} />}
      {/* Anything that is changed after a trial has not been tried. */}
      <Form<Given> form={form} layout="vertical" initialValues={{ source: year.source ?? say('holiday.sourceOf', { year: year.year }), rows: rowsOf(year).map(toForm) }} onValuesChange={() => go.reset()} onFinish={(given) => go.mutate({ given, dry_run: tried === null })}>
        <Form.Item name="source" label={say('holiday.source')} rules={needed}>
          <Input maxLength={200} />
        </Form.Item>
        <HolidayRows year={year.year} />
        <Form.Item name="reason" label={say('policy.reason')} rules={needed} extra={say('policy.reasonHint')}>
          <Input maxLength={1000} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

function Changes({ tried: { changes } }: { tried: ImportedHolidays }) {
  const say = useAdministrationWords();
  const text = useText();
  const what = (day: HolidayDay) => `${say(`holiday.kind.${day.kind}`)}${day.holiday == null ? '' : `（${text(day.holiday)}）`}`;
  return (
    <Alert
      type={changes.length === 0 ? 'info' : 'warning'}
      showIcon
      style={{ marginBottom: 12 }}
      title={changes.length === 0 ? say('holiday.noChange') : say('holiday.changes', { count: changes.length })}
      description={
        changes.length > 0 && (
          <ul className={styles.changes} style={{ maxHeight: 200, overflow: 'auto' }}>
            {changes.map(({ date, before, after }) => (
              <li key={date}>
                {date} <span className={styles.was}>{what(before)}</span> → <b>{what(after)}</b>
              </li>
            ))}
          </ul>
        )
      }
    />
  );
}
