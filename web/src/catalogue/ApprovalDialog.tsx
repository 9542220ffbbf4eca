import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Flex, Form, Input, Select } from 'antd';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import { institutionsQuery } from '~/api/queries.ts';
import type { ApprovalList, NewApprovedMajor } from '~/api/schema.d.ts';
import { useTranslation } from '~/i18n/index.ts';
import { FormDialog } from '~/ui/FormDialog.tsx';
import { useCatalogueWords } from './words.ts';

interface ListForm {
  majors: NewApprovedMajor[];
}

interface ApprovalDialogProps {
  year: number;
  list: ApprovalList | null;
  onClose: () => void;
}

/** Writes the list of a year, whole (R1.1). */
export function ApprovalDialog({ year, list, onClose }: ApprovalDialogProps) {
  const { t } = useTranslation();
  const say = useCatalogueWords();
  const institutions = useQuery(institutionsQuery).data;
  const [form] = Form.useForm<ListForm>();
  const needed = [{ required: true, message: t('common.required') }];
  return (
    <FormDialog<ListForm>
      title={say('yearOf', { year })}
      hint={say('linesHint')}
      width={680}
      form={form}
      initial={{ majors: list === null ? [] : list.majors.map((line) => ({ institution_id: line.institution.id, major: line.major })) }}
      done={say('approvalsKept')}
      stale={['approval-lists']}
      onClose={onClose}
      send={({ majors }) => ask(api.PUT('/approval-lists/{year}', { params: { path: { year } }, body: { revision: list?.revision ?? 0, majors } }))}
    >
      <Form.List name="majors">
        {(fields, { add, remove }) => (
          <>
            {fields.map((field) => (
              <Flex key={field.key} gap={8}>
                <Form.Item name={[field.name, 'institution_id']} rules={needed} style={{ flex: 3, minWidth: 0, marginBottom: 8 }}>
                  <Select showSearch={{ optionFilterProp: 'label' }} aria-label={t('common.institution')} placeholder={t('common.institution')} options={institutions?.map((one) => ({ value: one.id, label: one.name }))} />
                </Form.Item>
                <Form.Item name={[field.name, 'major']} rules={needed} style={{ flex: 2, minWidth: 0, marginBottom: 8 }}>
                  <Input maxLength={100} aria-label={say('major')} placeholder={say('major')} />
                </Form.Item>
                <Button type="text" icon={<DeleteOutlined />} aria-label={t('common.remove')} onClick={() => remove(field.name)} />
              </Flex>
            ))}
            <Button type="dashed" block icon={<PlusOutlined />} onClick={() => add()}>
              {say('lineAdd')}
            </Button>
          </>
        )}
      </Form.List>
    </FormDialog>
  );
}
