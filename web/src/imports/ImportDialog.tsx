import { DownloadOutlined } from '@ant-design/icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form, Modal } from 'antd';
import type { ReactNode } from 'react';
import { useMessages } from '~/app/messages.tsx';
import { useTranslation } from '~/i18n/index.ts';
import { Refused } from '~/ui/Refused.tsx';
import { useRefusal } from '~/ui/useFieldProblems.ts';
import { wrongCells } from './cells.ts';
import { CellTable } from './CellTable.tsx';
import { TablePick, type TableFile } from './TablePick.tsx';
import { useImportWords } from './words.ts';

/** What came of a table, or would. */
interface Outcome {
  readonly rows: number;
  /** Headings that were not read. */
  readonly ignored?: readonly string[];
  /** What else is to be seen of a trial. */
  readonly note?: ReactNode;
  /** What to say when it is done, where the number of rows is not it. */
  readonly done?: string;
}

interface ImportDialogProps<T extends object> {
  title: string;
  hint?: string;
  /** Where the empty table is; null where it is the one that was asked with. */
  template: { href: string; name: string } | null;
  /** Whether the server can say what would come of it. */
  trial: boolean;
  initial?: Partial<T>;
  /** Sends the table with what else the form holds; with `dry` nothing is kept. */
  send: (values: T, file: TableFile, dry: boolean) => Promise<Outcome>;
  /** The first parts of the query keys that this changes. */
  stale: readonly string[];
  onClose: () => void;
  /** Fields above the table. */
  children?: ReactNode;
}

/** Imports a table: first a trial, then all of it or nothing, with every wrong cell named. */
export function ImportDialog<T extends object>({ title, hint, template, trial, initial, send, stale, onClose, children }: ImportDialogProps<T>) {
  const { t } = useTranslation();
  const say = useImportWords();
  const message = useMessages();
  const client = useQueryClient();
  const [form] = Form.useForm<T & { table: TableFile }>();
  const refusal = useRefusal(form);
  const go = useMutation({
    mutationFn: ({ values: { table, ...values }, dry }: { values: T & { table: TableFile }; dry: boolean }) => send(values as unknown as T, table, dry),
    onSuccess: async (outcome, { dry }) => {
      if (dry) return;
      message.success(outcome.done ?? say('done', { count: outcome.rows }));
      onClose();
      await Promise.all(stale.map((key) => client.invalidateQueries({ queryKey: [key] })));
    },
    onError: refusal.take,
  });
  const tried = go.isSuccess && go.variables.dry ? go.data : null;
  const importing = !trial || tried !== null;
  const { cells, others } = wrongCells(go.error);
  const left = refusal.left.filter((problem) => others.includes(problem));
  return (
    <Modal
      open
      title={title}
      width={720}
      onCancel={onClose}
      onOk={form.submit}
      okText={!importing ? say('trial') : tried === null ? say('goDirect') : say('go', { count: tried.rows })}
      okButtonProps={{ 'data-testid': 'import-go' }}
      cancelText={t('common.cancel')}
      confirmLoading={go.isPending}
      destroyOnHidden
    >
      <p style={{ marginTop: 0, color: 'var(--quiet)' }}>
        {hint} {say(trial ? 'trialHint' : 'directHint')}
      </p>
      {template !== null && (
        <Button type="link" icon={<DownloadOutlined />} href={template.href} download={template.name} style={{ paddingInline: 0, marginBottom: 8 }}>
          {say('template')}
        </Button>
      )}
      {cells.length > 0 ? <CellTable cells={cells} /> : <Refused error={go.error} left={left} />}
      {tried !== null && <Fine outcome={tried} />}
      {/* Anything that is changed after a trial has not been tried. */}
      <Form form={form} layout="vertical" initialValues={initial} onValuesChange={() => go.reset()} onFinish={(values) => go.mutate({ values, dry: !importing })} style={{ marginTop: 12 }}>
        {children}
        <Form.Item name="table" rules={[{ required: true, message: say('needed') }]} style={{ marginBottom: 4 }}>
          <TablePick />
        </Form.Item>
      </Form>
    </Modal>
  );
}

function Fine({ outcome: { rows, ignored = [], note } }: { outcome: Outcome }) {
  const { marks } = useTranslation();
  const say = useImportWords();
  return (
    <>
      <Alert
        type={ignored.length > 0 ? 'warning' : 'success'}
        showIcon
        role="status"
        data-testid="import-fine"
        title={say('fine', { count: rows })}
        description={ignored.length > 0 ? say('ignored', { headings: ignored.join(marks.list) }) : undefined}
      />
      {note}
    </>
  );
}
