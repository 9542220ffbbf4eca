import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { systemQuery } from '~/api/queries.ts';
import type { System } from '~/api/schema.d.ts';
import { useText, useTranslation } from '~/i18n/index.ts';
import { bytes } from '~/time/amounts.ts';
import { useMe } from './access.ts';
import styles from './shell.module.css';

/** What everybody must know on every page: analysis that is off, a disk that fills, a server that is away. */
export function SystemNotices() {
  const { t } = useTranslation();
  const { must_enrol, role } = useMe();
  const query = useQuery({ ...systemQuery, enabled: !must_enrol });
  return (
    <div className={styles.notices} role="status">
      {query.isError && <Alert banner type="error" title={t('problem.network')} description={t('problem.networkHint')} />}
      {query.data !== undefined && <DiskNotice disk={query.data.disk} />}
      {query.data?.analysis.on === false && <AnalysisNotice analysis={query.data.analysis} ours={role !== 'institution'} />}
    </div>
  );
}

function DiskNotice({ disk }: { disk: System['disk'] }) {
  const { t } = useTranslation();
  if (disk.state === 'ok') return null;
  const free = disk.free_bytes == null ? t('common.unknown') : bytes(disk.free_bytes);
  return disk.state === 'full' ? (
    <Alert banner type="error" title={t('system.diskFull')} description={t('system.diskFullHint')} />
  ) : (
    <Alert banner type="warning" title={t('system.diskLow')} description={t('system.diskLowHint', { free })} />
  );
}

/** Why it is off, and what to do on the server, is for those whose server it is. */
function AnalysisNotice({ analysis, ours }: { analysis: System['analysis']; ours: boolean }) {
  const { t } = useTranslation();
  const text = useText();
  return (
    <Alert
      banner
      type="warning"
      data-testid="analysis-off"
      title={
        <>
          <b>{t('analysis.off')}</b>
          {ours && analysis.reason != null && ` · ${text(analysis.reason)}`}
          <div className={styles.small}>
            {t('analysis.offHint')}
            {ours && (
              <>
                {' '}
                {t('analysis.how')} <code>duxue models pull</code>
              </>
            )}
          </div>
        </>
      }
      closable
    />
  );
}
