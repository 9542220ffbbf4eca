import { Button, Form, Input, Radio, type FormInstance } from 'antd';
import { useTranslation } from '~/i18n/index.ts';
import { ITEMS, restFine, type ChecklistForm, type Item } from './checklist.ts';
import styles from './supervision.module.css';
import { useSupervisionWords } from './words.ts';

const LOOKS = ['seen_fine', 'not_fine', 'not_looked_at'] as const;

interface ChecklistFieldsProps {
  /** The form that has `checklist`. */
  form: FormInstance<never>;
}

/** The ten items of R7.1a, each fine, not fine (and what), or not looked at. */
export function ChecklistFields({ form: given }: ChecklistFieldsProps) {
  const say = useSupervisionWords();
  const form = given as unknown as FormInstance<{ checklist: ChecklistForm }>;
  return (
    <fieldset className={styles.checklist}>
      <legend>{say('checklist')}</legend>
      {ITEMS.map((item) => (
        <ItemField key={item} item={item} />
      ))}
      <Button size="small" onClick={() => form.setFieldsValue({ checklist: restFine(form.getFieldValue('checklist') as ChecklistForm) })} data-testid="rest-fine">
        {say('restFine')}
      </Button>
    </fieldset>
  );
}

function ItemField({ item }: { item: Item }) {
  const { t } = useTranslation();
  const say = useSupervisionWords();
  const look: unknown = Form.useWatch(['checklist', item, 'look']);
  return (
    <div className={styles.item} data-item={item}>
      <span id={`item-${item}`}>{say(`item.${item}`)}</span>
      <Form.Item name={['checklist', item, 'look']} noStyle>
        <Radio.Group
          size="small"
          optionType="button"
          aria-labelledby={`item-${item}`}
          options={LOOKS.map((value) => ({ value, label: say(`look.${value}`) }))}
        />
      </Form.Item>
      {look === 'not_fine' && (
        <Form.Item name={['checklist', item, 'what']} className={styles.what} rules={[{ required: true, whitespace: true, message: say('whatNeeded') }]}>
          <Input.TextArea autoSize={{ minRows: 1, maxRows: 4 }} maxLength={2000} aria-label={say('what')} placeholder={say('what')} title={t('common.required')} />
        </Form.Item>
      )}
    </div>
  );
}
