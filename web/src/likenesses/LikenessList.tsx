import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Segmented, Tag, type TableColumnsType } from 'antd';
import type { Likeness } from '~/api/schema.d.ts';
import { Confidence } from '~/findings/Confidence.tsx';
import { useTranslation } from '~/i18n/index.ts';
import { duration } from '~/time/amounts.ts';
import { ms, stampOf } from '~/time/zone.ts';
import { ClassFilter } from '~/ui/ClassFilter.tsx';
import { Loaded } from '~/ui/Loaded.tsx';
import { LongTable } from '~/ui/LongTable.tsx';
import { Nothing } from '~/ui/Nothing.tsx';
import { Page } from '~/ui/Page.tsx';
import { LikenessStateTag } from './LikenessStateTag.tsx';
import { likenessesQuery } from './queries.ts';
import { sidesOf, type Side } from './sides.ts';
import { LIKENESS_STATES, type LikenessStateFilter } from './states.ts';
import { useLikenessWords } from './words.ts';

interface Search {
  state?: LikenessStateFilter;
  class_id?: string;
}

/** Videos that seem to show the same; the undecided ones unless asked otherwise. */
export function LikenessList({ search, onSearch }: { search: Search; onSearch: (next: Search) => void }) {
  const { t } = useTranslation();
  const say = useLikenessWords();
  const state = search.state ?? 'open';
  const query = useInfiniteQuery(likenessesQuery({ ...(state === 'all' ? {} : { state }), ...(search.class_id === undefined ? {} : { class_id: search.class_id }) }));
  const columns = useColumns();
  return (
    <Page
      title={say('title')}
      sub={say('sub')}
      tools={
        <>
          <ClassFilter value={search.class_id} onChange={(class_id) => onSearch({ ...search, class_id })} />
          <Segmented
            value={state}
            options={[...LIKENESS_STATES.map((value) => ({ value, label: say(`state.${value}`) })), { value: 'all' as const, label: t('common.all') }]}
            onChange={(next) => onSearch({ ...search, state: next })}
          />
        </>
      }
    >
      <Loaded query={query}>
        {(all) => <LongTable<Likeness> rows={all} rowKey="id" columns={columns} width={860} paged={query} empty={<Nothing what={say(state === 'open' ? 'emptyOpen' : 'empty')} />} />}
      </Loaded>
    </Page>
  );
}

function useColumns(): TableColumnsType<Likeness> {
  const { t } = useTranslation();
  const say = useLikenessWords();
  const named = (side: Side | null) =>
    side !== null && (
      <div>
        {side.name} <small style={{ color: 'var(--quiet)' }}>{side.kind === 'clip' ? say('clip') : side.whose}</small>
      </div>
    );
  return [
    {
      title: say('pair'),
      render: (_, one) => {
        const [left, right] = sidesOf(one);
        return (
          <Link to="/likenesses/$likenessId" params={{ likenessId: one.id }} style={{ overflowWrap: 'anywhere' }}>
            {named(left)}
            {named(right)}
          </Link>
        );
      },
    },
    {
      title: say('alike'),
      width: 200,
      render: (_, one) => (
        <>
          <Confidence value={one.alike} /> {one.mirrored && <Tag variant="filled">{say('mirrored')}</Tag>}
          {one.same_file && <div>{say('sameFile')}</div>}
        </>
      ),
    },
    { title: say('stretch'), width: 190, render: (_, { span }) => say('from', { from: duration(span.from), length: duration(span.until - span.from) }) },
    { title: say('raised'), width: 170, render: (_, one) => stampOf(ms(one.raised_at)) },
    { title: t('common.state'), width: 110, render: (_, one) => <LikenessStateTag state={one.state} /> },
  ];
}
