import { Link } from '@tanstack/react-router';
import { Card, Descriptions, Select, Tabs } from 'antd';
import type { Class } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import { useNarrow } from '~/app/useNarrow.ts';
import { Page } from '~/ui/Page.tsx';
import { ClassTabBody } from './ClassTabBody.tsx';
import { TABS, type ClassTab } from './tabs.ts';
import { useClassWords } from './words.ts';

interface ClassViewProps {
  one: Class;
  tab: ClassTab;
  today: string;
  onTab: (tab: ClassTab) => void;
  onBack: () => void;
}

/** A class: its whole life, and a tab for each part of it. */
export function ClassView({ one, tab, today, onTab, onBack }: ClassViewProps) {
  const say = useClassWords();
  const reads = useMay('read_supervision');
  const narrow = useNarrow();
  const parts = TABS.filter((key) => reads || key !== 'violations');
  return (
    <Page
      title={one.name}
      sub={one.institution.name}
      onBack={onBack}
      tools={
        <Link to="/classes/$classId/days/$date" params={{ classId: one.id, date: today }}>
          {say('openDay')}
        </Link>
      }
    >
      <Card size="small">
        <Descriptions
          size="small"
          column={{ xs: 1, sm: 2, lg: 4 }}
          items={[
            { key: 'major', label: say('major'), children: one.major },
            { key: 'span', label: say('span'), children: `${one.starts_on} – ${one.ends_on}` },
            { key: 'students', label: say('students'), children: one.students },
            { key: 'enrolled', label: say('enrolled'), children: `${one.enrolled} / ${one.students}` },
          ]}
        />
      </Card>
      <Card size="small">
        {narrow ? (
          // A dozen tabs do not fit a telephone.
          <>
            <Select aria-label={say('parts')} value={tab} onChange={onTab} options={parts.map((key) => ({ value: key, label: say(`tab.${key}`) }))} style={{ width: '100%', marginBottom: 12 }} />
            <ClassTabBody one={one} tab={tab} today={today} />
          </>
        ) : (
          <Tabs
            size="small"
            activeKey={tab}
            destroyOnHidden
            onChange={(key) => {
              const next = TABS.find((known) => known === key);
              if (next !== undefined) onTab(next);
            }}
            items={parts.map((key) => ({ key, label: say(`tab.${key}`), children: <ClassTabBody one={one} tab={key} today={today} /> }))}
          />
        )}
      </Card>
    </Page>
  );
}
