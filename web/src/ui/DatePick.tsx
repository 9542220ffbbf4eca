import 'dayjs/locale/zh-cn';
import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button, DatePicker, Space } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from '~/i18n/index.ts';
import { shiftDate } from '~/time/zone.ts';

interface DatePickProps {
  /** YYYY-MM-DD, civil. */
  date: string;
  today: string;
  onChange: (date: string) => void;
}

/** A civil date, with a step to each side and the way back to today. */
export function DatePick({ date, today, onChange }: DatePickProps) {
  const { t } = useTranslation();
  return (
    <Space.Compact>
      <Button icon={<LeftOutlined />} aria-label={t('common.previousDay')} onClick={() => onChange(shiftDate(date, -1))} />
      <DatePicker
        value={dayjs(date)}
        allowClear={false}
        aria-label={t('common.date')}
        style={{ width: 132 }}
        onChange={(value) => {
          if (value !== null) onChange(value.format('YYYY-MM-DD'));
        }}
      />
      <Button icon={<RightOutlined />} aria-label={t('common.nextDay')} onClick={() => onChange(shiftDate(date, 1))} />
      <Button disabled={date === today} onClick={() => onChange(today)}>
        {t('common.today')}
      </Button>
    </Space.Compact>
  );
}
