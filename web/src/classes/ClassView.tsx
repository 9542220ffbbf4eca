import { Link } from '@tanstack/react-router';
import { Card, Descriptions, Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Class } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import { EvidenceTab } from '~/evidence/EvidenceTab.tsx';
import SupervisionTab from '~/supervision/SupervisionTab.tsx';
import { Page } from '~/ui/Page.tsx';
import ViolationTab from '~/violations/ViolationTab.tsx';
import { ReportTable } from './ReportTable.tsx';
import { Roster } from './Roster.tsx';
import { SessionTable } from './SessionTable.tsx';
import { TABS, type ClassTab } from './tabs.ts';

interface ClassViewProps {
  one: Class;
  tab: ClassTab;
  today: string;
  onTab: (tab: ClassTab) => void;
  onBack: () => void;
}

/** A class: roster, sessions, reports and evidence. */
export function ClassView({ one, tab, today, onTab, onBack }: ClassViewProps) {
  const { t } = useTranslation();
  const reads = useMay('read_supervision');
  return (
    <Page
      title={one.name}
      sub={one.institution.name}
      onBack={onBack}
      tools={
        <Link to="/classes/$classId/days/$date" params={{ classId: one.id, date: today }}>
          {t('classes.openDay')}
        </Link>
      }
    >
      <Card size="small">
        <Descriptions
          size="small"
          column={{ xs: 1, sm: 2, lg: 4 }}
          items={[
            { key: 'major', label: t('classes.major'), children: one.major },
            { key: 'span', label: t('classes.span'), children: `${one.starts_on} – ${one.ends_on}` },
            { key: 'students', label: t('classes.students'), children: one.students },
            { key: 'enrolled', label: t('classes.enrolled'), children: `${one.enrolled} / ${one.students}` },
          ]}
        />
      </Card>
      <Card size="small">
        <Tabs
          size="small"
          activeKey={tab}
          onChange={(key) => {
            const next = TABS.find((known) => known === key);
            if (next !== undefined) onTab(next);
          }}
          items={[
            { key: 'students', label: t('classes.tabStudents'), children: <Roster classId={one.id} /> },
            { key: 'sessions', label: t('classes.tabSessions'), children: <SessionTable one={one} /> },
            { key: 'reports', label: t('classes.tabReports'), children: <ReportTable classId={one.id} /> },
            { key: 'evidence', label: t('classes.tabEvidence'), children: <EvidenceTab classId={one.id} /> },
            { key: 'supervision', label: t('classes.tabSupervision'), children: <SupervisionTab one={one} today={today} /> },
            ...(reads ? [{ key: 'violations', label: t('classes.tabViolations'), children: <ViolationTab one={one} /> }] : []),
          ]}
        />
      </Card>
    </Page>
  );
}
