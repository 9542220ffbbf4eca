import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { systemQuery } from '~/api/queries.ts';
import type { System } from '~/api/schema.d.ts';
import { useText, useTranslation } from '~/i18n/index.ts';
import { bytes } from '~/time/amounts.ts';
import { useMe } from './access.ts';
import styles from './shell.module.css';
import { useNarrow } from './useNarrow.ts';

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

/** One line: why it is off, and what to do on the server, is opened by those whose server it is; on a telephone the rest is opened as well. */
function AnalysisNotice({ analysis, ours }: { analysis: System['analysis']; ours: boolean }) {
  const { t } = useTranslation();
  const text = useText();
  const narrow = useNarrow();
  const line = (
    <>
      <b>{t('analysis.off')}</b>
      {!narrow && <span className={styles.small}>{t('analysis.offHint')}</span>}
    </>
  );
  const why = (
    <>
      {narrow && <p>{t('analysis.offHint')}</p>}
      {ours && (
        <p>
          {analysis.reason != null && <>{text(analysis.reason)} </>}
          {t('analysis.how')} <code>duxue models pull</code>
        </p>
      )}
    </>
  );
  const title =
    narrow || ours ? (
      <details className={styles.why}>
        <summary>
          {line}
          <span className={styles.open}>{t('analysis.why')}</span>
        </summary>
        <div className={styles.small}>{why}</div>
      </details>
    ) : (
      <div className={styles.line}>{line}</div>
    );
  return <Alert banner type="warning" data-testid="analysis-off" title={title} closable />;
}
