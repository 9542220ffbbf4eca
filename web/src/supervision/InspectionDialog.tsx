import 'dayjs/locale/zh-cn';
import { DatePicker, Form, Input, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import type { Inspection, UserRef } from '~/api/schema.d.ts';
import { useMe } from '~/app/access.ts';
import { useNow } from '~/app/clock.ts';
import { useTranslation } from '~/i18n/index.ts';
import { dateOf } from '~/time/zone.ts';
import { FormDialog } from '~/ui/FormDialog.tsx';
import { toChecklist, toForm, untouched, type ChecklistForm } from './checklist.ts';
import { ChecklistFields } from './ChecklistFields.tsx';
import { useInspectors } from './colleagues.ts';
import { useSupervisionWords } from './words.ts';

interface SheetForm {
  date: Dayjs;
  inspectors: string[];
  checklist: ChecklistForm;
  remark?: string;
}

interface InspectionDialogProps {
  classId: string;
  /** Null to draft one. */
  sheet: Inspection | null;
  onClose: () => void;
}

/** Drafts the sheet of an on-site inspection, or changes one that nobody has signed (R7.4b). */
export function InspectionDialog({ classId, sheet, onClose }: InspectionDialogProps) {
  const { t } = useTranslation();
  const say = useSupervisionWords();
  const me = useMe();
  const today = dateOf(useNow());
  const [form] = Form.useForm<SheetForm>();
  const known = useInspectors();
  const people = among(known, sheet?.inspectors.map(({ user }) => user) ?? []);
  const needed = [{ required: true, message: t('common.required') }];
  return (
    <FormDialog<SheetForm>
      title={say(sheet === null ? 'sheetNew' : 'sheetEdit')}
      hint={say('sheetHint')}
      width={640}
      form={form}
      initial={
        sheet === null
          ? { date: dayjs(today), inspectors: [me.user_id], checklist: untouched() }
          : { date: dayjs(sheet.date), inspectors: sheet.inspectors.map(({ user }) => user.id), checklist: toForm(sheet.checklist), remark: sheet.remark ?? '' }
      }
      done={say('sheetKept')}
      stale={['classes', 'inspections']}
      onClose={onClose}
      send={({ date, inspectors, checklist, remark }) => {
        const content = { date: date.format('YYYY-MM-DD'), inspectors, checklist: toChecklist(checklist), remark: remark?.trim() ?? '' };
        return sheet === null
          ? ask(api.POST('/classes/{id}/inspections', { params: { path: { id: classId } }, body: content }))
          : ask(api.PUT('/inspections/{id}/sheet', { params: { path: { id: sheet.id } }, body: { revision: sheet.revision, sheet: content } }));
      }}
    >
      <Form.Item name="date" label={say('sheetDate')} rules={needed}>
        <DatePicker allowClear={false} maxDate={dayjs(today)} style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item name="inspectors" label={say('inspectors')} extra={say('inspectorsHint')} rules={[{ required: true, type: 'array', min: 2, message: say('inspectorsHint') }]}>
        <Select mode="multiple" showSearch={{ optionFilterProp: 'label' }} options={people.map(({ id, display_name }) => ({ value: id, label: display_name }))} />
      </Form.Item>
      <ChecklistFields form={form as never} />
      <Form.Item name="remark" label={say('remark')}>
        <Input.TextArea autoSize={{ minRows: 1, maxRows: 5 }} maxLength={2000} />
      </Form.Item>
    </FormDialog>
  );
}

function among(known: readonly UserRef[], named: readonly UserRef[]): readonly UserRef[] {
  return [...known, ...named.filter(({ id }) => known.every((one) => one.id !== id))];
}
