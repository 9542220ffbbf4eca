import { Form, Input, type FormInstance } from 'antd';
import type { ReactNode } from 'react';
import type { Signing } from '~/api/schema.d.ts';
import { useMe } from '~/app/access.ts';
import { useTranslation } from '~/i18n/index.ts';
import { FormDialog } from '~/ui/FormDialog.tsx';
import { SignaturePad } from './SignaturePad.tsx';
import { useSignWords } from './words.ts';

/** What a record's own form holds beside the signature. */
type Signed<T> = T & Signing;

interface SignDialogProps<T extends object> {
  title: string;
  /** What the signature says, in a sentence. */
  hint?: string;
  /** The form of the fields in `children`, where they are read outside. */
  form?: FormInstance<Signed<T>>;
  initial?: Partial<T>;
  /** Sends the record with its signature. */
  send: (values: T, signing: Signing) => Promise<unknown>;
  done: string;
  /** The first parts of the query keys that this changes. */
  stale: readonly string[];
  width?: number;
  onClose: () => void;
  /** Fields of the record, or what is signed to be read once more. */
  children?: ReactNode;
}

/** Signs a record: the password once more, and a drawn signature. What the rules refuse stands at its field. */
export function SignDialog<T extends object = object>({ form: given, send, children, initial, ...dialog }: SignDialogProps<T>) {
  const { t } = useTranslation();
  const say = useSignWords();
  const me = useMe();
  const [own] = Form.useForm<Signed<T>>();
  return (
    <FormDialog<Signed<T>>
      {...dialog}
      form={given ?? own}
      initial={initial as Partial<Signed<T>> | undefined}
      ok={say('submit')}
      send={({ password, drawing, ...record }) => send(record as unknown as T, { password, drawing })}
    >
      {children}
      <Form.Item name="drawing" label={say('drawing')} rules={[{ required: true, message: say('drawingNeeded') }]}>
        <SignaturePad />
      </Form.Item>
      {/* Password managers look for the name above the password. */}
      <input type="text" hidden readOnly autoComplete="username" value={me.username} />
      <Form.Item name="password" label={say('password', { name: me.display_name })} extra={say('passwordHint')} rules={[{ required: true, message: t('signIn.passwordNeeded') }]}>
        <Input.Password maxLength={256} autoComplete="current-password" />
      </Form.Item>
    </FormDialog>
  );
}
