import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Modal, Steps, type FormInstance } from 'antd';
import { useState, type ReactNode } from 'react';
import { useMessages } from '~/app/messages.tsx';
import { useNarrow } from '~/app/useNarrow.ts';
import { useTranslation } from '~/i18n/index.ts';
import type { FieldPath } from '~/report/reportFields.ts';
import type { Aim } from './placing.ts';
import { Refused } from './Refused.tsx';
import { useRefusal } from './useFieldProblems.ts';

interface WizardStep {
  title: string;
  /** The first parts of the names of its fields. */
  fields: readonly string[];
  content: ReactNode;
}

interface WizardDialogProps<T extends object> {
  title: string;
  form: FormInstance<T>;
  initial?: Partial<T>;
  steps: readonly WizardStep[];
  send: (values: T) => Promise<unknown>;
  ok: string;
  done: string;
  /** The first parts of the query keys that this changes. */
  stale: readonly string[];
  aim?: Aim;
  onClose: () => void;
}

/** A long form in a dialog, step by step. A refusal leads back to the first step that has something wrong. */
export function WizardDialog<T extends object>({ title, form, initial, steps, send, ok, done, stale, aim, onClose }: WizardDialogProps<T>) {
  const { t } = useTranslation();
  const message = useMessages();
  const client = useQueryClient();
  const narrow = useNarrow();
  const [at, setAt] = useState(0);
  const refusal = useRefusal(form, aim);
  const leadTo = (names: readonly FieldPath[]) => {
    const step = steps.findIndex(({ fields }) => names.some(([first]) => fields.some((field) => field === first)));
    if (step >= 0) setAt(step);
  };
  const save = useMutation({
    mutationFn: send,
    onSuccess: async () => {
      message.success(done);
      onClose();
      await Promise.all(stale.map((key) => client.invalidateQueries({ queryKey: [key] })));
    },
    onError: (error) => {
      refusal.take(error);
      leadTo(form.getFieldsError().filter(({ errors }) => errors.length > 0).map(({ name }) => name));
    },
  });
  const next = async () => {
    const names = (steps[at]?.fields ?? []) as never[];
    const fine = await form.validateFields(names, { recursive: true }).then(() => true, () => false);
    if (fine) setAt(at + 1);
  };
  const last = at === steps.length - 1;
  return (
    <Modal
      open
      title={title}
      width={760}
      onCancel={onClose}
      destroyOnHidden
      footer={
        <>
          {at > 0 && <Button onClick={() => setAt(at - 1)}>{t('wizard.back')}</Button>}
          <Button type="primary" loading={save.isPending} onClick={() => (last ? form.submit() : void next())} data-testid="wizard-next" data-step={at + 1}>
            {last ? ok : t('wizard.next')}
          </Button>
        </>
      }
    >
      <Steps
        size="small"
        current={at}
        orientation="horizontal"
        responsive={false}
        items={steps.map((step, index) => ({ title: narrow && index !== at ? '' : step.title }))}
        style={{ margin: '4px 0 16px' }}
      />
      <Refused error={save.error} left={refusal.left} />
      <Form<T> form={form} layout="vertical" initialValues={initial} onFinish={(values) => save.mutate(values)} onFinishFailed={({ errorFields }) => leadTo(errorFields.map(({ name }) => name))}>
        {steps.map((step, index) => (
          <div key={step.title} hidden={index !== at}>
            {step.content}
          </div>
        ))}
      </Form>
    </Modal>
  );
}
