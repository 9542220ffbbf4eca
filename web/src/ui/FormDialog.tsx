import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Form, Modal, type FormInstance } from 'antd';
import type { ReactNode } from 'react';
import { useMessages } from '~/app/messages.tsx';
import { useTranslation } from '~/i18n/index.ts';
import type { Aim } from './placing.ts';
import { Refused } from './Refused.tsx';
import { useRefusal } from './useFieldProblems.ts';

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
  /** Which field a refusal is about that names none of the form's. */
  aim?: Aim;
  onClose: () => void;
  children: ReactNode;
}

/** A small form in a dialog: sends, shows refusals at their fields, tells and closes when done. */
export function FormDialog<T extends object>({ title, hint, form, initial, send, done, ok, width, stale, aim, onClose, children }: FormDialogProps<T>) {
  const { t } = useTranslation();
  const message = useMessages();
  const client = useQueryClient();
  const refusal = useRefusal(form, aim);
  const save = useMutation({
    mutationFn: send,
    onSuccess: async () => {
      message.success(done);
      onClose();
      await Promise.all(stale.map((key) => client.invalidateQueries({ queryKey: [key] })));
    },
    onError: refusal.take,
  });
  return (
    <Modal open title={title} width={width} okText={ok ?? t('common.save')} confirmLoading={save.isPending} onCancel={onClose} onOk={form.submit} destroyOnHidden>
      {hint !== undefined && <p style={{ marginTop: 0, color: 'var(--quiet)' }}>{hint}</p>}
      <Refused error={save.error} left={refusal.left} />
      <Form<T> form={form} layout="vertical" initialValues={initial} onFinish={(values) => save.mutate(values)}>
        {children}
      </Form>
    </Modal>
  );
}
