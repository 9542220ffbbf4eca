import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Segmented, type TableColumnsType } from 'antd';
import type { Violation } from '~/api/schema.d.ts';
import { useTranslation } from '~/i18n/index.ts';
import { dateOf, ms } from '~/time/zone.ts';
import { ClassFilter } from '~/ui/ClassFilter.tsx';
import { Loaded } from '~/ui/Loaded.tsx';
import { LongTable } from '~/ui/LongTable.tsx';
import { Nothing } from '~/ui/Nothing.tsx';
import { Page } from '~/ui/Page.tsx';
import { ConductList } from './ConductList.tsx';
import { violationsQuery } from './queries.ts';
import { VIOLATION_STATES, type ViolationStateFilter } from './states.ts';
import { ViolationTags } from './ViolationTags.tsx';
import { useViolationWords } from './words.ts';

interface Search {
  state?: ViolationStateFilter;
  class_id?: string;
}

/** How institutions stand, and every charge and violation (R7.5). */
export function CaseList({ search, onSearch }: { search: Search; onSearch: (next: Search) => void }) {
  const { t } = useTranslation();
  const say = useViolationWords();
  const state = search.state ?? 'all';
  const query = useInfiniteQuery(violationsQuery({ ...(state === 'all' ? {} : { state }), ...(search.class_id === undefined ? {} : { class_id: search.class_id }) }));
  const columns = useColumns();
  return (
    <Page
      title={say('title')}
      sub={say('rule')}
      tools={
        <>
          <ClassFilter value={search.class_id} onChange={(class_id) => onSearch({ ...search, class_id })} />
          <Segmented
            value={state}
            options={[{ value: 'all' as const, label: t('common.all') }, ...VIOLATION_STATES.map((value) => ({ value, label: say(`state.${value}`) }))]}
            onChange={(next) => onSearch({ ...search, state: next })}
          />
        </>
      }
    >
      <ConductList />
      <Loaded query={query}>
        {(all) => (
          <LongTable<Violation>
            title={say('cases')}
            rows={all}
            rowKey="id"
            columns={columns}
            width={1030}
            paged={query}
            attributes={() => ({ 'data-testid': 'violation-row' })}
            empty={<Nothing what={say('none')} />}
          />
        )}
      </Loaded>
    </Page>
  );
}

function useColumns(): TableColumnsType<Violation> {
  const { marks, t } = useTranslation();
  const say = useViolationWords();
  return [
    { title: say('chargedOn'), width: 110, render: (_, one) => dateOf(ms(one.opened_at)) },
    {
      title: say('institution'),
      width: 220,
      render: (_, { institution }) => (
        <Link to="/violations/$institutionId" params={{ institutionId: institution.id }} style={{ fontWeight: 600 }}>
          {institution.name}
        </Link>
      ),
    },
    {
      title: t('common.class'),
      width: 240,
      render: (_, one) =>
        one.class == null ? (
          '—'
        ) : (
          <Link to="/classes/$classId" params={{ classId: one.class.id }} search={{ tab: 'violations' }}>
            {one.class.name}
          </Link>
        ),
    },
    { title: say('grounds'), width: 180, render: (_, one) => [...new Set(one.grounds.map(({ kind }) => say(kind === 'finding' ? 'groundFinding' : 'groundInspection')))].join(marks.list) },
    { title: t('common.state'), width: 170, render: (_, one) => <ViolationTags violation={one} /> },
    { title: say('decidedOn'), width: 110, render: (_, one) => (one.decision == null ? '—' : dateOf(ms(one.decision.at))) },
  ];
}
