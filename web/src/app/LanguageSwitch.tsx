import { GlobalOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { setLanguage, useLanguage, useTranslation } from '~/i18n/index.ts';
import { useMessages } from './messages.tsx';
import styles from './shell.module.css';

/** Named in the language it leads to, so that whoever needs it can read it. */
export function LanguageSwitch() {
  const { t } = useTranslation();
  const language = useLanguage();
  const message = useMessages();
  const other = language === 'zh' ? 'en' : 'zh';
  return (
    <Button
      type="text"
      icon={<GlobalOutlined />}
      lang={other === 'zh' ? 'zh-CN' : 'en'}
      title={t('shell.language')}
      aria-label={`${t('shell.language')} ${other === 'zh' ? '中文' : 'English'}`}
      data-testid="language"
      onClick={() => void setLanguage(other).catch(() => message.error(t('problem.network')))}
    >
      <span className={styles.language}>{other === 'zh' ? '中文' : 'English'}</span>
    </Button>
  );
}
