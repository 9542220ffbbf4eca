import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Form, Modal, type FormInstance } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMessages } from '~/app/messages.tsx';
import { Refused } from './Refused.tsx';
import { useFieldProblems } from './useFieldProblems.ts';

interface FormDialogProps<T extends object> {
  title: string;
  hint?: string;
  form: FormInstance<T>;
  initial?: Partial<T>;
  send: (values: T) => Promise<unknown>;
  done: string;
  /** What the button says, when it is not to save. */
  ok?: string;
  width?: number;
  /** The first parts of the query keys that this changes. */
  stale: readonly string[];
  onClose: () => void;
  children: ReactNode;
}

/** A small form in a dialog: sends, shows refusals at their fields, tells and closes when done. */
export function FormDialog<T extends object>({ title, hint, form, initial, send, done, ok, width, stale, onClose, children }: FormDialogProps<T>) {
  const { t } = useTranslation();
  const message = useMessages();
  const client = useQueryClient();
  const atFields = useFieldProblems(form);
  const save = useMutation({
    mutationFn: send,
    onSuccess: async () => {
      message.success(done);
      onClose();
      await Promise.all(stale.map((key) => client.invalidateQueries({ queryKey: [key] })));
    },
    onError: atFields,
  });
  return (
    <Modal open title={title} width={width} okText={ok ?? t('common.save')} confirmLoading={save.isPending} onCancel={onClose} onOk={form.submit} destroyOnHidden>
      {hint !== undefined && <p style={{ marginTop: 0, color: 'var(--quiet)' }}>{hint}</p>}
      {save.isError && <Refused error={save.error} shown={fieldsOf(form)} />}
      <Form<T> form={form} layout="vertical" initialValues={initial} onFinish={(values) => save.mutate(values)}>
        {children}
      </Form>
    </Modal>
  );
}

/** The fields that the form has, as the server names them. */
function fieldsOf<T>(form: FormInstance<T>): ReadonlySet<string> {
  return new Set(form.getFieldsError().map(({ name }) => name.map((part, n) => (typeof part === 'number' ? `[${part}]` : n === 0 ? part : `.${part}`)).join('')));
}
