import { App, ConfigProvider } from 'antd';
import en from 'antd/locale/en_US';
import zh from 'antd/locale/zh_CN';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { useEffect, type ReactNode } from 'react';
import { useLanguage } from '~/i18n/index.ts';
import { theme } from './theme.ts';

/** Ant Design in the house's theme and the page's language. */
export function Providers({ children }: { children: ReactNode }) {
  const language = useLanguage();
  useEffect(() => {
    dayjs.locale(language === 'zh' ? 'zh-cn' : 'en');
  }, [language]);
  return (
    <ConfigProvider theme={theme} locale={language === 'zh' ? zh : en} button={{ autoInsertSpace: false }}>
      <App message={{ maxCount: 3 }} component="div" className="app">
        {children}
      </App>
    </ConfigProvider>
  );
}
