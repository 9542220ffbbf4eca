import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Form, Input, Select } from 'antd';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import { venuesQuery } from '~/api/queries.ts';
import type { Class, NewTextbook, OpeningDossier } from '~/api/schema.d.ts';
import { useTranslation } from '~/i18n/index.ts';
import { FormDialog } from '~/ui/FormDialog.tsx';
import styles from './opening.module.css';
import { useOpeningWords } from './words.ts';

interface DraftForm {
  name: string;
  venue_ids: string[];
  textbooks: NewTextbook[];
}

interface DraftDialogProps {
  one: Class;
  dossier: OpeningDossier;
  onClose: () => void;
}

/** What the class is to be: its name, its rooms, its textbooks. */
export function DraftDialog({ one, dossier, onClose }: DraftDialogProps) {
  const { t } = useTranslation();
  const say = useOpeningWords();
  const venues = useQuery(venuesQuery);
  const [form] = Form.useForm<DraftForm>();
  const needed = [{ required: true, message: t('common.required') }];
  const fresh = dossier.revision === 0;
  return (
    <FormDialog<DraftForm>
      title={say(fresh ? 'act.draft' : 'act.redraft')}
      hint={fresh ? undefined : say('redraftHint')}
      form={form}
      width={640}
      initial={{
        name: dossier.name,
        venue_ids: dossier.venues.map((venue) => venue.id),
        textbooks: fresh && dossier.textbooks.length === 0 ? [{ title: '', in_catalogue: true }] : dossier.textbooks.map(({ title, ground }) => ({ title, in_catalogue: ground === 'catalogue' })),
      }}
      done={say('saved')}
      stale={['classes', 'days']}
      onClose={onClose}
      send={({ name, venue_ids, textbooks }) =>
        ask(api.PUT('/classes/{id}/opening', { params: { path: { id: one.id } }, body: { name, venue_ids, textbooks, revision: dossier.revision } }))
      }
    >
      <Form.Item name="name" label={say('name')} extra={say('nameHint', { major: one.major })} rules={needed}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="venue_ids" label={say('venues')} rules={needed}>
        <Select
          mode="multiple"
          loading={venues.isPending}
          options={venues.data?.filter((venue) => venue.institution.id === one.institution.id).map((venue) => ({ value: venue.id, label: venue.name }))}
        />
      </Form.Item>
      <Form.Item label={say('textbooks')}>
        <Form.List name="textbooks">
          {(fields, { add, remove }) => (
            <>
              {fields.map((field) => (
                <div key={field.key} className={styles.book}>
                  <Form.Item name={[field.name, 'title']} rules={needed} style={{ marginBottom: 0 }}>
                    <Input maxLength={200} placeholder={say('textbookTitle')} aria-label={say('textbookTitle')} />
                  </Form.Item>
                  <Form.Item name={[field.name, 'in_catalogue']} valuePropName="checked" style={{ marginBottom: 0 }}>
                    <Checkbox>{say('inCatalogue')}</Checkbox>
                  </Form.Item>
                  <Button type="text" icon={<DeleteOutlined />} aria-label={t('common.remove')} onClick={() => remove(field.name)} />
                </div>
              ))}
              <Button type="dashed" size="small" icon={<PlusOutlined />} onClick={() => add({ title: '', in_catalogue: true })}>
                {say('addTextbook')}
              </Button>
            </>
          )}
        </Form.List>
      </Form.Item>
    </FormDialog>
  );
}
