import 'dayjs/locale/zh-cn';
import { InboxOutlined } from '@ant-design/icons';
import { DatePicker, Form, Select, Upload } from 'antd';
import type { Dayjs } from 'dayjs';
import { useState } from 'react';
import { instantAt } from '~/time/zone.ts';
import styles from './uploads.module.css';
import { useLessons } from './useLessons.ts';
import { uploadQueue } from './useUploads.ts';
import { useUploadWords } from './words.ts';

/** Says which lesson the videos show, and takes them. */
export function AddUpload({ classId }: { classId: string }) {
  const say = useUploadWords();
  const lessons = useLessons(classId);
  const [session, setSession] = useState<string | undefined>(undefined);
  const [start, setStart] = useState<Dayjs | null>(null);
  const ready = session !== undefined || start !== null;
  const take = (file: File) => {
    const about: Record<string, string> = {};
    if (session !== undefined) about.session_id = session;
    if (start !== null) about.starts_at = instantAt(start.format('YYYY-MM-DD'), start.format('HH:mm:ss'));
    void uploadQueue.add({ file, classId, about });
    return Upload.LIST_IGNORE;
  };
  return (
    <Form layout="vertical" component="div" style={{ marginBottom: 14 }}>
      <div className={styles.pair}>
        <Form.Item label={say('lesson')} htmlFor="upload-session" extra={ready ? undefined : say('needed')}>
          <Select<string>
            id="upload-session"
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            loading={lessons === undefined}
            value={session}
            onChange={(next: string | undefined) => setSession(next)}
            options={lessons}
          />
        </Form.Item>
        <Form.Item label={say('startsAt')} htmlFor="upload-start" extra={say('startsHint')}>
          <DatePicker id="upload-start" showTime value={start} onChange={(next) => setStart(next)} style={{ width: '100%' }} />
        </Form.Item>
      </div>
      <Upload.Dragger multiple accept="video/*,.mp4,.mkv,.mov,.ts,.avi,.flv" showUploadList={false} disabled={!ready} beforeUpload={take}>
        <p style={{ margin: '4px 0', fontSize: 28, color: 'var(--blue)' }}>
          <InboxOutlined aria-hidden />
        </p>
        <p style={{ margin: 0, color: ready ? undefined : 'var(--quiet)' }}>{say('drop')}</p>
        <p className={styles.quiet} style={{ margin: '2px 0 4px' }}>
          {say('dropHint')}
        </p>
      </Upload.Dragger>
    </Form>
  );
}
