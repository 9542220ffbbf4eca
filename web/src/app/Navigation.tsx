import {
  AppstoreOutlined, AuditOutlined, BankOutlined, CalendarOutlined, CloudUploadOutlined, ExceptionOutlined, EyeOutlined, HomeOutlined, PlayCircleOutlined, SafetyCertificateOutlined, ScheduleOutlined, SettingOutlined,
  TeamOutlined, UserSwitchOutlined, VideoCameraOutlined, WarningOutlined,
} from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from '~/i18n/index.ts';
import { useMe } from './access.ts';
import { Mark } from './Mark.tsx';
import { navFor, type NavEntry } from './nav.ts';
import styles from './shell.module.css';

const ICONS: Record<NavEntry['to'], ReactNode> = {
  '/': <HomeOutlined />,
  '/wall': <AppstoreOutlined />,
  '/today': <CalendarOutlined />,
  '/classes': <TeamOutlined />,
  '/supervision': <ScheduleOutlined />,
  '/findings': <ExceptionOutlined />,
  '/violations': <WarningOutlined />,
  '/recordings': <PlayCircleOutlined />,
  '/clips': <SafetyCertificateOutlined />,
  '/uploads': <CloudUploadOutlined />,
  '/cameras': <VideoCameraOutlined />,
  '/catalogue': <BankOutlined />,
  '/watches': <EyeOutlined />,
  '/audit': <AuditOutlined />,
  '/administration': <SettingOutlined />,
  '/users': <UserSwitchOutlined />,
};

/** The way to every page that the person may open; the current one is marked. */
export function Navigation({ onGo }: { onGo: () => void }) {
  const { t } = useTranslation();
  const { actions, display_name, must_enrol, role } = useMe();
  return (
    <>
      <Link to="/" className={styles.brand} onClick={onGo} aria-label={t('product.name')}>
        <Mark size={26} />
        <span className={styles.word}>{t('product.name')}</span>
      </Link>
      <nav aria-label={t('shell.navigation')}>
        <ul className={styles.menu}>
          {navFor(must_enrol ? [] : actions).map((entry) => (
            <li key={entry.to}>
              <Link to={entry.to} activeOptions={{ exact: entry.to === '/' }} className={styles.entry} title={t(entry.label)} onClick={onGo}>
                {ICONS[entry.to]}
                <span className={styles.word}>{t(entry.label)}</span>
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <Link to="/account" className={styles.whoBelow} onClick={onGo}>
        {display_name} · {t(`role.${role}`)}
      </Link>
    </>
  );
}
