import 'dayjs/locale/zh-cn';
import { useQuery } from '@tanstack/react-query';
import { Button, DatePicker, Form, Input, Select, Table, type TableColumnsType } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import { institutionsQuery } from '~/api/queries.ts';
import type { InstitutionRef, TextbookException } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import { useNow } from '~/app/clock.ts';
import { FileLink } from '~/files/FileLink.tsx';
import { FilePick } from '~/files/FilePick.tsx';
import { useTranslation } from '~/i18n/index.ts';
import { dateOf } from '~/time/zone.ts';
import { FormDialog } from '~/ui/FormDialog.tsx';
import { Loaded } from '~/ui/Loaded.tsx';
import { Nothing } from '~/ui/Nothing.tsx';
import { Bar } from './Bar.tsx';
import { textbooksQuery } from './queries.ts';
import { useCatalogueWords } from './words.ts';

/** R1.3: textbooks outside the national catalogue, institution by institution. */
export function Textbooks() {
  const query = useQuery(institutionsQuery);
  return <Loaded query={query}>{(institutions) => <OfOne institutions={institutions} />}</Loaded>;
}

function OfOne({ institutions }: { institutions: readonly InstitutionRef[] }) {
  const say = useCatalogueWords();
  const edits = useMay('edit_catalogue');
  const [chosen, setChosen] = useState(institutions[0]?.id);
  const [adding, setAdding] = useState(false);
  return (
    <>
      <Bar hint={say('textbooksHint')}>
        <Select<string>
          aria-label={say('textbookPick')}
          placeholder={say('textbookPick')}
          showSearch={{ optionFilterProp: 'label' }}
          style={{ width: 240 }}
          value={chosen}
          onChange={setChosen}
          options={institutions.map((one) => ({ value: one.id, label: one.name }))}
        />
        {edits && chosen !== undefined && (
          <Button type="primary" onClick={() => setAdding(true)}>
            {say('textbookAdd')}
          </Button>
        )}
      </Bar>
      {chosen !== undefined && <Titles institution={chosen} />}
      {adding && chosen !== undefined && <AddTextbook institution={chosen} onClose={() => setAdding(false)} />}
    </>
  );
}

function Titles({ institution }: { institution: string }) {
  const say = useCatalogueWords();
  const query = useQuery(textbooksQuery(institution));
  const columns: TableColumnsType<TextbookException> = [
    { title: say('textbookTitle'), dataIndex: 'title' },
    { title: say('textbookOn'), dataIndex: 'approved_on' },
    { title: say('textbookFile'), render: (_, one) => <FileLink id={one.file_id} /> },
    { title: say('by'), render: (_, one) => one.recorded_by.display_name },
  ];
  return (
    <Loaded query={query}>
      {(titles) => (
        <Table<TextbookException>
          size="small"
          rowKey="id"
          columns={columns}
          dataSource={[...titles]}
          showHeader={titles.length > 0}
          scroll={titles.length > 0 ? { x: 'max-content' } : undefined}
          pagination={{ pageSize: 50, size: 'small', hideOnSinglePage: true }}
          locale={{ emptyText: <Nothing what={say('textbooksEmpty')} /> }}
        />
      )}
    </Loaded>
  );
}

interface TextbookForm {
  title: string;
  approved_on: Dayjs;
  file_id: string;
}

function AddTextbook({ institution, onClose }: { institution: string; onClose: () => void }) {
  const { t } = useTranslation();
  const say = useCatalogueWords();
  const today = dayjs(dateOf(useNow()));
  const [form] = Form.useForm<TextbookForm>();
  const needed = { required: true, message: t('common.required') };
  return (
    <FormDialog<TextbookForm>
      title={say('textbookAdd')}
      form={form}
      initial={{ approved_on: today }}
      done={say('textbookKept')}
      stale={['institutions']}
      onClose={onClose}
      send={({ approved_on, ...rest }) =>
        ask(api.POST('/institutions/{id}/textbook-exceptions', { params: { path: { id: institution } }, body: { ...rest, approved_on: approved_on.format('YYYY-MM-DD') } }))
      }
    >
      <Form.Item name="title" label={say('textbookTitle')} rules={[{ ...needed, whitespace: true }]}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="approved_on" label={say('textbookOn')} rules={[needed]}>
        <DatePicker allowClear={false} style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item name="file_id" label={say('textbookFile')} rules={[needed]}>
        <FilePick institution={institution} label={say('textbookFile')} />
      </Form.Item>
    </FormDialog>
  );
}
