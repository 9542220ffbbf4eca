import { Link } from '@tanstack/react-router';
import { Segmented, type TableColumnsType } from 'antd';
import type { Clip, ClipState } from '~/api/schema.d.ts';
import { useText, useTranslation } from '~/i18n/index.ts';
import { bytes, duration } from '~/time/amounts.ts';
import { dateOf, ms, timeOf } from '~/time/zone.ts';
import { ClassFilter } from '~/ui/ClassFilter.tsx';
import { Hash } from '~/ui/Hash.tsx';
import { LongTable } from '~/ui/LongTable.tsx';
import type { Paged } from '~/ui/More.tsx';
import { Nothing } from '~/ui/Nothing.tsx';
import { Page } from '~/ui/Page.tsx';
import { PolicyTag } from '~/ui/PolicyTag.tsx';
import { ClipStateTag } from './ClipStateTag.tsx';
import { useClipWords } from './words.ts';

interface ClipSearch {
  state?: ClipState;
  class_id?: string;
}

interface ClipListProps {
  clips: readonly Clip[];
  search: ClipSearch;
  paged: Paged;
  onSearch: (search: ClipSearch) => void;
}

/** Evidence clips, newest first. */
export function ClipList({ clips, search, paged, onSearch }: ClipListProps) {
  const { t } = useTranslation();
  const say = useClipWords();
  return (
    <Page
      title={say('title')}
      sub={say('immutable')}
      tools={
        <>
          <ClassFilter value={search.class_id} onChange={(class_id) => onSearch({ ...search, class_id })} />
          <Segmented<ClipState | 'all'>
            value={search.state ?? 'all'}
            options={[{ value: 'all' as const, label: t('common.all') }, ...(['requested', 'sealed', 'failed'] as const).map((value) => ({ value, label: say(`state.${value}`) }))]}
            onChange={(next) => onSearch({ ...search, state: next === 'all' ? undefined : next })}
          />
        </>
      }
    >
      <LongTable<Clip>
        rows={clips}
        rowKey="id"
        columns={useColumns()}
        width={1060}
        paged={paged}
        attributes={(clip) => ({ 'data-testid': 'clip-row', 'data-state': clip.state })}
        empty={<Nothing what={say('empty')} hint={say('emptyHint')} />}
      />
    </Page>
  );
}

function useColumns(): TableColumnsType<Clip> {
  const { t } = useTranslation();
  const say = useClipWords();
  const text = useText();
  return [
    {
      title: say('span'),
      width: 150,
      render: (_, clip) => {
        const span = clip.span ?? clip.wanted;
        return (
          <Link to="/clips/$clipId" params={{ clipId: clip.id }} style={{ fontWeight: 600 }}>
            {dateOf(ms(span.start))}
            <br />
            {timeOf(ms(span.start))}–{timeOf(ms(span.end))}
          </Link>
        );
      },
    },
    {
      title: t('common.class'),
      render: (_, clip) => (
        <>
          <div>{clip.class.name}</div>
          <small style={{ color: 'var(--quiet)' }}>{clip.camera.name}</small>
        </>
      ),
    },
    {
      title: t('common.state'),
      render: (_, clip) => (
        <>
          <span style={{ display: 'inline-flex', gap: 6 }}>
            <ClipStateTag state={clip.state} />
            <PolicyTag policy={clip.policy} />
          </span>
          {clip.failure != null && <div style={{ fontSize: 12.5, color: 'var(--red)', maxWidth: 300, whiteSpace: 'normal' }}>{text(clip.failure)}</div>}
        </>
      ),
    },
    { title: say('length'), width: 90, align: 'right', render: (_, clip) => (clip.duration_seconds == null ? '—' : duration(clip.duration_seconds)) },
    { title: say('size'), width: 90, align: 'right', render: (_, clip) => (clip.bytes == null ? '—' : bytes(clip.bytes)) },
    { title: say('hash'), width: 150, render: (_, clip) => (clip.sha256 == null ? '—' : <Hash value={clip.sha256} short={12} />) },
    {
      title: say('sealed'),
      width: 110,
      render: (_, clip) =>
        clip.sealed_at == null ? (
          '—'
        ) : (
          <>
            {dateOf(ms(clip.sealed_at))}
            <br />
            {timeOf(ms(clip.sealed_at))}
          </>
        ),
    },
  ];
}
