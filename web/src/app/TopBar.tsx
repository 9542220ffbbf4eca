import { LogoutOutlined, MenuFoldOutlined, MenuUnfoldOutlined } from '@ant-design/icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { Button, Layout, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import { systemQuery } from '~/api/queries.ts';
import { bytes } from '~/time/amounts.ts';
import { PolicyTag } from '~/ui/PolicyTag.tsx';
import { useMe } from './access.ts';
import { LanguageSwitch } from './LanguageSwitch.tsx';
import styles from './shell.module.css';
import { useTell } from './useProblem.ts';

interface TopBarProps {
  collapsed: boolean;
  onCollapse: (collapsed: boolean) => void;
}

export function TopBar({ collapsed, onCollapse }: TopBarProps) {
  const { t } = useTranslation();
  const me = useMe();
  const system = useQuery(systemQuery).data;
  return (
    <Layout.Header className={styles.bar}>
      <Button
        type="text"
        icon={collapsed ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />}
        aria-label={t(collapsed ? 'shell.expand' : 'shell.collapse')}
        onClick={() => onCollapse(!collapsed)}
      />
      {system !== undefined && (
        <>
          <PolicyTag policy={system.policy} />
          <Tooltip title={t('shell.version', { version: system.version })}>
            <span className={styles.fact}>
              <i className={`${styles.dot} ${system.cameras.live === system.cameras.total ? styles.good : styles.bad}`} />
              {t('shell.camerasLive', { live: system.cameras.live, total: system.cameras.total })}
            </span>
          </Tooltip>
          <span className={styles.fact}>
            <i className={`${styles.dot} ${system.recorder.state === 'recording' ? styles.good : styles.bad}`} />
            {t(`system.recorder.${system.recorder.state}`)}
          </span>
          {system.disk.free_bytes != null && <span className={styles.fact}>{t('system.disk', { free: bytes(system.disk.free_bytes) })}</span>}
        </>
      )}
      <div className={styles.push}>
        <LanguageSwitch />
        <div className={styles.who} data-testid="who">
          <span>{me.display_name}</span>
          <small>{me.institution == null ? t(`role.${me.role}`) : `${t(`role.${me.role}`)} · ${me.institution.name}`}</small>
        </div>
        <SignOut />
      </div>
    </Layout.Header>
  );
}

function SignOut() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const router = useRouter();
  const tell = useTell();
  const signOut = useMutation({
    mutationFn: () => ask(api.POST('/sign-out')),
    onSuccess: async () => {
      await router.navigate({ to: '/sign-in' });
      client.clear();
    },
    onError: tell,
  });
  return (
    <Tooltip title={t('shell.signOut')}>
      <Button type="text" icon={<LogoutOutlined />} aria-label={t('shell.signOut')} loading={signOut.isPending} onClick={() => signOut.mutate()} />
    </Tooltip>
  );
}
