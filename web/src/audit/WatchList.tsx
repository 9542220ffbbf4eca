import { Tag, type TableColumnsType } from 'antd';
import type { Watch } from '~/api/schema.d.ts';
import { useTranslation } from '~/i18n/index.ts';
import { useLiveWords } from '~/live/words.ts';
import { duration } from '~/time/amounts.ts';
import { ms, stampOf } from '~/time/zone.ts';
import { LongTable } from '~/ui/LongTable.tsx';
import type { Paged } from '~/ui/More.tsx';
import { Nothing } from '~/ui/Nothing.tsx';
import { Page } from '~/ui/Page.tsx';
import { useAuditWords } from './words.ts';

interface WatchListProps {
  watches: readonly Watch[];
  paged: Paged;
}

/** Who watched which camera, and how long. */
export function WatchList({ watches, paged }: WatchListProps) {
  const { t } = useTranslation();
  const sayLive = useLiveWords();
  const say = useAuditWords();
  const columns: TableColumnsType<Watch> = [
    { title: say('watches.who'), render: (_, watch) => watch.user.display_name },
    { title: t('common.camera'), render: (_, watch) => watch.camera.name },
    {
      title: say('watches.what'),
      render: (_, watch) => `${say(`watches.kind.${watch.what}`)}${watch.stream === 'sub' ? ` · ${sayLive('sub')}` : watch.stream === 'main' ? ` · ${sayLive('main')}` : ''}`,
    },
    { title: say('watches.opened'), render: (_, watch) => stampOf(ms(watch.opened_at)) },
    {
      title: say('watches.closed'),
      render: (_, watch) =>
        watch.closed_at == null ? (
          <Tag color="success" variant="filled">
            {say('watches.ongoing')}
          </Tag>
        ) : (
          stampOf(ms(watch.closed_at))
        ),
    },
    { title: say('watches.seconds'), align: 'right', render: (_, watch) => (watch.seconds == null ? '—' : duration(watch.seconds)) },
  ];
  return (
    <Page title={say('watches.title')}>
      <LongTable<Watch> rows={watches} rowKey="id" columns={columns} width={820} paged={paged} empty={<Nothing what={say('watches.empty')} />} />
    </Page>
  );
}
