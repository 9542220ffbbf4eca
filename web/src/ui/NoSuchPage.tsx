import { Link } from '@tanstack/react-router';
import { Result } from 'antd';
import { useTranslation } from 'react-i18next';

export function NoSuchPage() {
  const { t } = useTranslation();
  return (
    <Result status="404" title={t('problem.page')} subTitle={t('problem.pageHint')} extra={<Link to="/">{t('problem.home')}</Link>} />
  );
}
