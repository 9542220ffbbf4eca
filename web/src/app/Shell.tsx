import {
  AuditOutlined, CalendarOutlined, ExceptionOutlined, EyeOutlined, PlayCircleOutlined, SafetyCertificateOutlined,
  TeamOutlined, UserSwitchOutlined, VideoCameraOutlined, AppstoreOutlined,
} from '@ant-design/icons';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { Layout, Menu } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from './access.ts';
import { Mark } from './Mark.tsx';
import { navFor, type NavEntry } from './nav.ts';
import styles from './shell.module.css';
import { TopBar } from './TopBar.tsx';
import { SystemNotices } from './SystemNotices.tsx';
import { useSignedOut } from './useSignedOut.ts';

const ICONS: Record<NavEntry['to'], ReactNode> = {
  '/wall': <AppstoreOutlined />,
  '/today': <CalendarOutlined />,
  '/classes': <TeamOutlined />,
  '/findings': <ExceptionOutlined />,
  '/recordings': <PlayCircleOutlined />,
  '/clips': <SafetyCertificateOutlined />,
  '/cameras': <VideoCameraOutlined />,
  '/watches': <EyeOutlined />,
  '/audit': <AuditOutlined />,
  '/users': <UserSwitchOutlined />,
};

/** Navigation, top bar and notices around every page of a signed-in person. */
export function Shell() {
  const { t } = useTranslation();
  const me = useMe();
  const { pathname } = useLocation();
  const [collapsed, setCollapsed] = useState(false);
  useSignedOut();
  const entries = navFor(me.actions);
  const here = entries.find((entry) => pathname === entry.to || pathname.startsWith(`${entry.to}/`));
  return (
    <Layout className={styles.shell}>
      <a href="#content" className={styles.skip}>
        {t('shell.skip')}
      </a>
      <Layout.Sider width={168} collapsedWidth={52} collapsed={collapsed} className={styles.sider}>
        <Link to="/" className={styles.brand}>
          <Mark size={26} />
          {!collapsed && <span>{t('product.name')}</span>}
        </Link>
        <Menu
          mode="inline"
          className={styles.menu}
          selectedKeys={here === undefined ? [] : [here.to]}
          items={entries.map((entry) => ({ key: entry.to, icon: ICONS[entry.to], label: <Link to={entry.to}>{t(entry.label)}</Link> }))}
        />
      </Layout.Sider>
      <Layout>
        <TopBar collapsed={collapsed} onCollapse={setCollapsed} />
        <SystemNotices />
        <Layout.Content id="content" className={styles.content}>
          <Outlet />
        </Layout.Content>
      </Layout>
    </Layout>
  );
}
