import { Checkbox, Form, Input, Radio } from 'antd';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import type { Sex } from '~/api/schema.d.ts';
import { useEnrolmentWords } from '~/enrolment/words.ts';
import { useTranslation } from '~/i18n/index.ts';
import { FormDialog } from '~/ui/FormDialog.tsx';

interface StudentForm {
  name: string;
  sex: Sex;
  number?: string;
  face_consent: boolean;
}

export function AddStudent({ classId, onClose }: { classId: string; onClose: () => void }) {
  const { t } = useTranslation();
  const sayStudent = useEnrolmentWords();
  const [form] = Form.useForm<StudentForm>();
  const needed = [{ required: true, message: t('common.required') }];
  return (
    <FormDialog<StudentForm>
      title={sayStudent('students.add')}
      form={form}
      initial={{ face_consent: false }}
      done={sayStudent('students.added')}
      stale={['classes']}
      onClose={onClose}
      send={({ number, ...rest }) =>
        ask(api.POST('/classes/{id}/students', { params: { path: { id: classId } }, body: { ...rest, number: number === '' ? undefined : number } }))
      }
    >
      <Form.Item name="name" label={sayStudent('students.name')} rules={needed}>
        <Input maxLength={64} />
      </Form.Item>
      <Form.Item name="sex" label={sayStudent('students.sex')} rules={needed}>
        <Radio.Group options={(['male', 'female'] as const).map((value) => ({ value, label: sayStudent(`students.${value}`) }))} />
      </Form.Item>
      <Form.Item name="number" label={sayStudent('students.number')}>
        <Input maxLength={32} />
      </Form.Item>
      <Form.Item name="face_consent" valuePropName="checked">
        <Checkbox>{sayStudent('students.consentLabel')}</Checkbox>
      </Form.Item>
    </FormDialog>
  );
}
