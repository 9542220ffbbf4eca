import { LogoutOutlined, MenuFoldOutlined, MenuUnfoldOutlined } from '@ant-design/icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useRouter } from '@tanstack/react-router';
import { Button } from 'antd';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import { systemQuery } from '~/api/queries.ts';
import { useTranslation } from '~/i18n/index.ts';
import { bytes } from '~/time/amounts.ts';
import { PolicyTag } from '~/ui/PolicyTag.tsx';
import { useMe } from './access.ts';
import { LanguageSwitch } from './LanguageSwitch.tsx';
import { SchemeSwitch } from './SchemeSwitch.tsx';
import styles from './shell.module.css';
import { useTell } from './useProblem.ts';

interface TopBarProps {
  /** Whether the navigation is folded away. */
  folded: boolean;
  onFold: (folded: boolean) => void;
}

export function TopBar({ folded, onFold }: TopBarProps) {
  const { t } = useTranslation();
  const me = useMe();
  const system = useQuery({ ...systemQuery, enabled: !me.must_enrol }).data;
  return (
    <header className={styles.bar}>
      <Button
        type="text"
        icon={folded ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />}
        aria-label={t(folded ? 'shell.expand' : 'shell.collapse')}
        aria-expanded={!folded}
        onClick={() => onFold(!folded)}
      />
      {system !== undefined && (
        <>
          <PolicyTag policy={system.policy} />
          <span className={styles.fact} title={t('shell.version', { version: system.version })}>
            <i className={`${styles.dot} ${system.cameras.live === system.cameras.total ? styles.good : styles.bad}`} />
            {t('shell.camerasLive', { live: system.cameras.live, total: system.cameras.total })}
          </span>
          <span className={`${styles.fact} ${styles.extra}`}>
            <i className={`${styles.dot} ${system.recorder.state === 'recording' ? styles.good : styles.bad}`} />
            {t(`system.recorder.${system.recorder.state}`)}
          </span>
          {system.disk.free_bytes != null && <span className={`${styles.fact} ${styles.extra}`}>{t('system.disk', { free: bytes(system.disk.free_bytes) })}</span>}
        </>
      )}
      <div className={styles.push}>
        <SchemeSwitch />
        <LanguageSwitch />
        <Link to="/account" className={styles.who} title={t('shell.account')} data-testid="who">
          <span>{me.display_name}</span>
          <small>{me.institution == null ? t(`role.${me.role}`) : `${t(`role.${me.role}`)} · ${me.institution.name}`}</small>
        </Link>
        <SignOut />
      </div>
    </header>
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
    <Button type="text" icon={<LogoutOutlined />} title={t('shell.signOut')} aria-label={t('shell.signOut')} loading={signOut.isPending} onClick={() => signOut.mutate()} />
  );
}
