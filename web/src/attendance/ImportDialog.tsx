import { UploadOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Form, Select, Upload } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import { venuesQuery } from '~/api/queries.ts';
import type { Class } from '~/api/schema.d.ts';
import { useMessages } from '~/app/messages.tsx';
import { FormDialog } from '~/ui/FormDialog.tsx';
import { useAttendanceWords } from './words.ts';

interface ImportForm {
  venue_id: string;
  file: Blob & { name: string };
}

/** R7.3a: a table of punches out of a device that cannot send them itself. Every wrong line is named. */
export function ImportDialog({ one, onClose }: { one: Class; onClose: () => void }) {
  const { t } = useTranslation();
  const say = useAttendanceWords();
  const message = useMessages();
  const [form] = Form.useForm<ImportForm>();
  const venues = useQuery(venuesQuery).data?.filter((venue) => venue.institution.id === one.institution.id) ?? [];
  const needed = [{ required: true, message: t('common.required') }];
  return (
    <FormDialog<ImportForm>
      title={say('import')}
      hint={say('importHint')}
      form={form}
      ok={say('import')}
      done={say('import')}
      stale={['classes']}
      onClose={onClose}
      send={async ({ venue_id, file }) => {
        const done = await ask(
          api.POST('/classes/{id}/punches/import', {
            params: { path: { id: one.id }, query: { venue_id } },
            headers: { 'Content-Type': 'text/csv' },
            body: file as never,
            bodySerializer: (body) => body as unknown as Blob,
          }),
        );
        message.success(say('importDone', { kept: done.kept, known: done.known }));
      }}
    >
      <Form.Item name="venue_id" label={t('common.venue')} rules={needed}>
        <Select options={venues.map((venue) => ({ value: venue.id, label: venue.name }))} />
      </Form.Item>
      <Form.Item name="file" label={say('importFile')} rules={needed}>
        <CsvPick />
      </Form.Item>
    </FormDialog>
  );
}

interface CsvPickProps {
  id?: string;
  value?: ImportForm['file'];
  onChange?: (file: ImportForm['file']) => void;
}

function CsvPick({ id, value, onChange }: CsvPickProps) {
  const say = useAttendanceWords();
  return (
    <Upload
      accept=".csv,text/csv"
      hasControlInside
      showUploadList={false}
      beforeUpload={(file) => {
        onChange?.(file);
        return Upload.LIST_IGNORE;
      }}
    >
      <Button id={id} icon={<UploadOutlined />}>
        {value?.name ?? say('importPick')}
      </Button>
    </Upload>
  );
}
