import { ConfigProvider } from 'antd';
import en from 'antd/locale/en_US';
import zh from 'antd/locale/zh_CN';
import { useMemo, type ReactNode } from 'react';
import { useLanguage } from '~/i18n/index.ts';
import { TO_THE_ERROR } from '~/ui/toTheError.ts';
import { MessageArea } from './messages.tsx';
import { useScheme } from './scheme.ts';
import { themeOf } from './theme.ts';

/** Ant Design in the house's theme and the page's language. Its English is its fallback and in the build anyway. */
export function Providers({ children }: { children: ReactNode }) {
  const language = useLanguage();
  const scheme = useScheme();
  const theme = useMemo(() => themeOf(scheme), [scheme]);
  return (
    <ConfigProvider theme={theme} locale={language === 'zh' ? zh : en} button={{ autoInsertSpace: false }} form={{ scrollToFirstError: TO_THE_ERROR }}>
      <MessageArea>
        <div className="app">{children}</div>
      </MessageArea>
    </ConfigProvider>
  );
}
