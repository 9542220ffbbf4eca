import { CompassOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { useTranslation } from '~/i18n/index.ts';
import { Notice } from './Notice.tsx';

export function NoSuchPage() {
  const { t } = useTranslation();
  return <Notice icon={<CompassOutlined />} title={t('problem.page')} hint={t('problem.pageHint')} action={<Link to="/">{t('problem.home')}</Link>} />;
}
