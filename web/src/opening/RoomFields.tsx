import 'dayjs/locale/zh-cn';
import { useQuery } from '@tanstack/react-query';
import { Alert, DatePicker, Form, Input, InputNumber } from 'antd';
import { camerasQuery } from '~/api/queries.ts';
import type { VenueRef } from '~/api/schema.d.ts';
import { useTranslation } from '~/i18n/index.ts';
import { MEASURES } from './application.ts';
import styles from './opening.module.css';
import { useOpeningWords } from './words.ts';

/** R2.2: how a room was measured, and what its pictures were like where the system did not see them itself. */
export function RoomFields({ venue, index }: { venue: VenueRef; index: number }) {
  const { t } = useTranslation();
  const say = useOpeningWords();
  const query = useQuery(camerasQuery);
  const cameras = query.data?.filter((camera) => camera.venue.id === venue.id && camera.enabled);
  const needed = [{ required: true, message: t('common.required') }];
  return (
    <fieldset className={styles.item}>
      <legend>{venue.name}</legend>
      {cameras?.length === 0 && <Alert type="warning" showIcon title={say('noCamera')} style={{ marginBottom: 12 }} />}
      <Form.Item name={['rooms', index, 'venue_id']} hidden>
        <Input />
      </Form.Item>
      <div className={styles.pair}>
        <Form.Item name={['rooms', index, 'measured']} label={say('measured')} rules={[{ required: true, message: say('measuredNeeded') }]} style={{ gridColumn: '1 / -1' }}>
          <DatePicker.RangePicker showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name={['rooms', index, 'students']} label={say('present')} rules={needed}>
          <InputNumber min={0} max={1000} precision={0} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name={['rooms', index, 'students_seen']} label={say('seen')} rules={needed}>
          <InputNumber min={0} max={1000} precision={0} style={{ width: '100%' }} />
        </Form.Item>
      </div>
      {cameras?.map((camera, place) => (
        <details key={camera.id} style={{ marginBottom: 12 }}>
          <summary>
            {camera.name} · {say('pictures')}
          </summary>
          <Form.Item name={['rooms', index, 'pictures', place, 'camera_id']} initialValue={camera.id} hidden>
            <Input />
          </Form.Item>
          <div className={styles.pair} style={{ marginTop: 8 }}>
            {MEASURES.map((measure) => (
              <Form.Item key={measure} name={['rooms', index, 'pictures', place, measure]} label={say(`picture.${measure}`)}>
                <InputNumber min={0} max={measure.endsWith('_share') ? 1 : 100_000} step={measure.endsWith('_share') ? 0.01 : 1} style={{ width: '100%' }} />
              </Form.Item>
            ))}
          </div>
        </details>
      ))}
    </fieldset>
  );
}
