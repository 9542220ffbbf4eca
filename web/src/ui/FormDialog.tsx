import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Form, Modal, type FormInstance } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMessages } from '~/app/messages.tsx';
import { useSentence } from '~/app/useProblem.ts';
import { useFieldProblems } from './useFieldProblems.ts';

interface FormDialogProps<T extends object> {
  title: string;
  hint?: string;
  form: FormInstance<T>;
  initial?: Partial<T>;
  send: (values: T) => Promise<unknown>;
  done: string;
  /** The first parts of the query keys that this changes. */
  stale: readonly string[];
  onClose: () => void;
  children: ReactNode;
}

/** A small form in a dialog: sends, shows refusals at their fields, tells and closes when done. */
export function FormDialog<T extends object>({ title, hint, form, initial, send, done, stale, onClose, children }: FormDialogProps<T>) {
  const { t } = useTranslation();
  const message = useMessages();
  const sentence = useSentence();
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
    <Modal open title={title} okText={t('common.save')} confirmLoading={save.isPending} onCancel={onClose} onOk={form.submit} destroyOnHidden>
      {hint !== undefined && <p style={{ marginTop: 0, color: 'var(--quiet)' }}>{hint}</p>}
      {save.isError && <Alert type="error" showIcon title={sentence(save.error)} style={{ marginBottom: 12 }} />}
      <Form<T> form={form} layout="vertical" initialValues={initial} onFinish={(values) => save.mutate(values)}>
        {children}
      </Form>
    </Modal>
  );
}
