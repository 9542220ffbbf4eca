import { Link } from '@tanstack/react-router';
import { Segmented, Tag, type TableColumnsType } from 'antd';
import type { Finding, FindingState } from '~/api/schema.d.ts';
import { useText, useTranslation } from '~/i18n/index.ts';
import { dateOf, minuteOf, ms } from '~/time/zone.ts';
import { ClassFilter } from '~/ui/ClassFilter.tsx';
import { LongTable } from '~/ui/LongTable.tsx';
import type { Paged } from '~/ui/More.tsx';
import { Nothing } from '~/ui/Nothing.tsx';
import { Page } from '~/ui/Page.tsx';
import { PolicyTag } from '~/ui/PolicyTag.tsx';
import { Confidence } from './Confidence.tsx';
import { FindingStateTag } from './FindingStateTag.tsx';
import { useFindingWords } from './words.ts';

interface FindingSearch {
  state?: FindingState | 'all';
  class_id?: string;
}

interface FindingListProps {
  findings: readonly Finding[];
  search: FindingSearch;
  paged: Paged;
  onSearch: (search: FindingSearch) => void;
}

const STATES = ['open', 'confirmed', 'dismissed', 'withdrawn'] as const;

/** Findings of all classes, newest first; the open ones unless asked otherwise. */
export function FindingList({ findings, search, paged, onSearch }: FindingListProps) {
  const { t } = useTranslation();
  const say = useFindingWords();
  const state = search.state ?? 'open';
  return (
    <Page
      title={say('title')}
      sub={say('machine')}
      tools={
        <>
          <ClassFilter value={search.class_id} onChange={(class_id) => onSearch({ ...search, class_id })} />
          <Segmented
            value={state}
            options={[...STATES.map((value) => ({ value, label: t(`findings.state.${value}`) })), { value: 'all' as const, label: t('common.all') }]}
            onChange={(next) => onSearch({ ...search, state: next })}
          />
        </>
      }
    >
      <LongTable<Finding>
        rows={findings}
        rowKey="id"
        columns={useColumns()}
        width={980}
        paged={paged}
        attributes={() => ({ 'data-testid': 'finding-row' })}
        empty={<Nothing what={say(state === 'open' ? 'emptyOpen' : 'empty')} />}
      />
    </Page>
  );
}

function useColumns(): TableColumnsType<Finding> {
  const { t } = useTranslation();
  const say = useFindingWords();
  const text = useText();
  return [
    {
      title: say('title'),
      width: 210,
      render: (_, f) => (
        <Link to="/findings/$findingId" params={{ findingId: f.id }} style={{ fontWeight: 600 }}>
          {t(`findings.kind.${f.kind}`)}
          {f.subject != null && ` · ${f.subject.name}`}
        </Link>
      ),
    },
    { title: say('seen'), render: (_, f) => text(f.seen) },
    {
      title: t('common.class'),
      width: 200,
      render: (_, f) => (
        <>
          <div>{f.class.name}</div>
          <small style={{ color: 'var(--quiet)' }}>
            {dateOf(ms(f.session.starts_at))} {minuteOf(ms(f.session.starts_at))}–{minuteOf(ms(f.session.ends_at))}
          </small>
        </>
      ),
    },
    { title: t('common.rule'), width: 74, render: (_, f) => <Tag variant="filled">{f.rule}</Tag> },
    { title: say('confidence'), width: 150, render: (_, f) => <Confidence value={f.confidence} /> },
    {
      title: t('common.state'),
      width: 160,
      render: (_, f) => (
        <span style={{ display: 'inline-flex', gap: 6 }}>
          <FindingStateTag state={f.state} />
          <PolicyTag policy={f.policy} />
        </span>
      ),
    },
  ];
}
