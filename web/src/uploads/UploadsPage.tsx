import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Card, Select } from 'antd';
import type { UploadState } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import { useTranslation } from '~/i18n/index.ts';
import { likenessesQuery } from '~/likenesses/queries.ts';
import { ClassFilter } from '~/ui/ClassFilter.tsx';
import { Loaded } from '~/ui/Loaded.tsx';
import { Page } from '~/ui/Page.tsx';
import { AddUpload } from './AddUpload.tsx';
import { QueueList } from './QueueList.tsx';
import { uploadsQuery } from './queries.ts';
import { STATES, type UploadStateFilter } from './states.ts';
import { UploadTable } from './UploadTable.tsx';
import { useUploads } from './useUploads.ts';
import styles from './uploads.module.css';
import { useUploadWords } from './words.ts';

interface Search {
  class_id?: string;
  state?: UploadStateFilter;
}

/** All videos that were handed in, as far as the reader may see them; for the institution also the place to hand in more. */
export function UploadsPage({ search, onSearch }: { search: Search; onSearch: (next: Search) => void }) {
  const { marks, t } = useTranslation();
  const say = useUploadWords();
  const sends = useMay('upload_evidence');
  const all = useUploads();
  const query = useInfiniteQuery(uploadsQuery(search.class_id, search.state));
  return (
    <Page
      title={say('title')}
      tools={
        <>
          <ClassFilter value={search.class_id} onChange={(class_id) => onSearch({ ...search, class_id })} />
          <Select<UploadState>
            allowClear
            style={{ width: 140 }}
            aria-label={t('common.state')}
            placeholder={`${t('common.state')}${marks.colon}${t('common.all')}`}
            value={search.state}
            onChange={(state: UploadState | undefined) => onSearch({ ...search, state })}
            options={STATES.map((value) => ({ value, label: say(`state.${value}`) }))}
          />
        </>
      }
    >
      <p className={styles.quiet} style={{ margin: 0 }}>
        {say('hint')}
      </p>
      <OpenLikenesses />
      {all.length > 0 && <QueueList all={all} />}
      {sends && (
        <Card size="small" title={say('add')}>
          {search.class_id === undefined ? <span className={styles.quiet}>{say('pickClass')}</span> : <AddUpload key={search.class_id} classId={search.class_id} />}
        </Card>
      )}
      <Loaded query={query}>{(uploads) => <UploadTable uploads={uploads} named paged={query} />}</Loaded>
    </Page>
  );
}

/** For the centre: what the machine found alike waits for a person before either video can count. */
function OpenLikenesses() {
  const say = useUploadWords();
  const reads = useMay('read_finding');
  const query = useInfiniteQuery({ ...likenessesQuery({ state: 'open' }), enabled: reads });
  if (!reads) return null;
  return (
    <Link to="/likenesses" data-testid="open-likenesses">
      {say('likenessesOpen')}
      {query.data !== undefined && ` (${query.data.length}${query.hasNextPage ? '+' : ''})`}
    </Link>
  );
}
