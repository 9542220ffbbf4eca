import { Skeleton } from 'antd';
import { useTranslation } from '~/i18n/index.ts';

/** Stands where something is still being fetched, and says so to those who do not see it. */
export function Waiting({ rows, height }: { rows: number; height?: number }) {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t('common.loading')} style={{ padding: '14px 18px', minHeight: height }}>
      <Skeleton active title={false} paragraph={{ rows }} />
    </div>
  );
}
