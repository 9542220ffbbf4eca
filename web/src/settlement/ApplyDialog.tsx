import { useQuery } from '@tanstack/react-query';
import { Form, Select } from 'antd';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import { studentsQuery } from '~/api/queries.ts';
import type { Class, NewCloseOut, Student } from '~/api/schema.d.ts';
import { FilePick } from '~/files/FilePick.tsx';
import { useTranslation } from '~/i18n/index.ts';
import { FormDialog } from '~/ui/FormDialog.tsx';
import { namesOf } from './people.ts';
import { useSettlementWords } from './words.ts';

interface ApplyDialogProps {
  one: Class;
  onClose: () => void;
}

/** The institution applies for close-out with ledger and pass list (R8.1). */
export function ApplyDialog({ one, onClose }: ApplyDialogProps) {
  const students = useQuery(studentsQuery(one.id)).data;
  return students === undefined ? null : <Fields one={one} students={students.filter((student) => student.left_on == null)} onClose={onClose} />;
}

function Fields({ one, students, onClose }: ApplyDialogProps & { students: readonly Student[] }) {
  const { t } = useTranslation();
  const say = useSettlementWords();
  const [form] = Form.useForm<NewCloseOut>();
  const name = namesOf(students);
  const needed = [{ required: true, message: t('common.required') }];
  return (
    <FormDialog<NewCloseOut>
      title={say('apply')}
      hint={say('closeoutHint')}
      width={600}
      form={form}
      initial={{ pass_list: students.map(({ id }) => id) }}
      done={say('applied')}
      ok={say('apply')}
      stale={['classes']}
      onClose={onClose}
      send={(body) => ask(api.POST('/classes/{id}/closeouts', { params: { path: { id: one.id } }, body }))}
    >
      <Form.Item name="ledger_file_id" label={say('ledgerFile')} rules={needed}>
        <FilePick label={say('ledgerFile')} />
      </Form.Item>
      <Form.Item name="pass_list_file_id" label={say('passFile')} rules={needed}>
        <FilePick label={say('passFile')} />
      </Form.Item>
      <Form.Item name="pass_list" label={say('passList')} extra={say('passListHint')} rules={needed}>
        <Select mode="multiple" showSearch={{ optionFilterProp: 'label' }} maxTagCount={12} options={students.map(({ id }) => ({ value: id, label: name(id) }))} />
      </Form.Item>
    </FormDialog>
  );
}
