import { MoonOutlined, SunOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from '~/i18n/index.ts';
import { setScheme, useScheme } from './scheme.ts';

export function SchemeSwitch() {
  const { t } = useTranslation();
  const other = useScheme() === 'light' ? 'dark' : 'light';
  const label = t(`shell.scheme.${other}`);
  return (
    <Button type="text" icon={other === 'dark' ? <MoonOutlined /> : <SunOutlined />} title={label} aria-label={label} data-testid="scheme" onClick={() => setScheme(other)} />
  );
}
