import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input, InputNumber } from 'antd';
import { useTranslation } from '~/i18n/index.ts';
import styles from './timetable.module.css';
import { useTimetableWords } from './words.ts';

/** The subjects of the teaching plan, each with its teacher and the lessons planned. */
export function SubjectFields() {
  const { t } = useTranslation();
  const say = useTimetableWords();
  const needed = [{ required: true, message: t('common.required') }];
  return (
    <Form.List name="subjects">
      {(fields, { add, remove }) => (
        <>
          {fields.map((field) => (
            <div key={field.key} className={styles.subject}>
              <Form.Item name={[field.name, 'subject']} rules={needed}>
                <Input maxLength={100} placeholder={say('subject')} aria-label={say('subject')} />
              </Form.Item>
              <Form.Item name={[field.name, 'teacher']} rules={needed}>
                <Input maxLength={100} placeholder={say('teacher')} aria-label={say('teacher')} />
              </Form.Item>
              <Form.Item name={[field.name, 'lessons']} rules={needed}>
                <InputNumber min={1} max={2000} precision={0} placeholder={say('planned')} aria-label={say('planned')} style={{ width: '100%' }} />
              </Form.Item>
              <Button type="text" icon={<DeleteOutlined />} aria-label={t('common.remove')} onClick={() => remove(field.name)} />
            </div>
          ))}
          <Button type="dashed" size="small" icon={<PlusOutlined />} onClick={() => add({})}>
            {say('addSubject')}
          </Button>
        </>
      )}
    </Form.List>
  );
}
