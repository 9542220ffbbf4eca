import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Table, Tag, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import type { Class, Leave } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import { useTranslation } from '~/i18n/index.ts';
import { RuleFindings } from '~/rules/RuleFindings.tsx';
import { FormDialog } from '~/ui/FormDialog.tsx';
import { Loaded } from '~/ui/Loaded.tsx';
import { Nothing } from '~/ui/Nothing.tsx';
import styles from './attendance.module.css';
import { LeaveDialog } from './LeaveDialog.tsx';
import { leavesQuery } from './queries.ts';
import { useAttendanceWords } from './words.ts';

/** R7.3e: sick and personal leave, and what is wrong with it. */
export function LeavePart({ one }: { one: Class }) {
  const { t } = useTranslation();
  const say = useAttendanceWords();
  const keeps = useMay('keep_attendance');
  const query = useQuery(leavesQuery(one.id));
  const [open, setOpen] = useState<'new' | Leave | null>(null);
  const close = () => setOpen(null);
  const columns: TableColumnsType<Leave> = [
    { title: say('student'), render: (_, leave) => leave.student.name },
    { title: say('leaveKind'), render: (_, leave) => say(`kind.${leave.kind}`) },
    { title: say('leaveSpan'), render: (_, leave) => (leave.first_on === leave.last_on ? leave.first_on : `${leave.first_on} – ${leave.last_on}`) },
    { title: say('leaveWhy'), render: (_, leave) => <span style={{ whiteSpace: 'pre-wrap' }}>{leave.reason}</span> },
    { title: say('leaveBy'), render: (_, leave) => leave.granted_by.display_name },
    {
      title: t('common.state'),
      render: (_, leave) =>
        leave.cancelled == null ? (
          keeps && (
            <Button size="small" onClick={() => setOpen(leave)}>
              {say('cancel')}
            </Button>
          )
        ) : (
          <Tag variant="filled" title={say('cancelledBy', { by: leave.cancelled.by.display_name, reason: leave.cancelled.reason })}>
            {say('cancelled')}
          </Tag>
        ),
    },
  ];
  return (
    <>
      <div className={styles.bar}>
        {keeps && (
          <Button onClick={() => setOpen('new')} data-testid="record-leave">
            {say('leave')}
          </Button>
        )}
        <span className={styles.quiet}>{say('leaveHint')}</span>
      </div>
      <Loaded query={query}>
        {({ items, findings }) => (
          <>
            {findings.length > 0 && (
              <section className={styles.section}>
                <h3>{say('leaveWrong')}</h3>
                <RuleFindings findings={findings} names={new Map(items.map(({ student }) => [student.student_id, student.name]))} />
              </section>
            )}
            <Table<Leave>
              size="small"
              rowKey="id"
              columns={columns}
              dataSource={items.toReversed()}
              showHeader={items.length > 0}
              scroll={items.length > 0 ? { x: 'max-content' } : undefined}
              pagination={items.length > 20 ? { pageSize: 20, size: 'small' } : false}
              locale={{ emptyText: <Nothing what={say('leaveNone')} /> }}
            />
          </>
        )}
      </Loaded>
      {open === 'new' && <LeaveDialog one={one} onClose={close} />}
      {open !== null && open !== 'new' && <CancelDialog leave={open} onClose={close} />}
    </>
  );
}

function CancelDialog({ leave, onClose }: { leave: Leave; onClose: () => void }) {
  const { t } = useTranslation();
  const say = useAttendanceWords();
  const [form] = Form.useForm<{ reason: string }>();
  return (
    <FormDialog<{ reason: string }>
      title={`${say('cancelTitle')} · ${leave.student.name}`}
      hint={say('cancelHint')}
      form={form}
      ok={say('cancel')}
      done={say('cancelled')}
      stale={['classes']}
      onClose={onClose}
      send={(body) => ask(api.POST('/leaves/{id}/cancellation', { params: { path: { id: leave.id } }, body }))}
    >
      <Form.Item name="reason" label={say('why')} rules={[{ required: true, whitespace: true, message: t('common.required') }]}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={2000} />
      </Form.Item>
    </FormDialog>
  );
}
