import { Card, Table, type TableColumnsType } from 'antd';
import { useTranslation } from '~/i18n/index.ts';
import { duration } from '~/time/amounts.ts';
import { timeOf } from '~/time/zone.ts';
import { causeKey } from '~/ui/cameraWords.ts';
import { Nothing } from '~/ui/Nothing.tsx';
import type { Stretch } from './stretches.ts';
import { useRecordingWords } from './words.ts';

interface GapTableProps {
  all: readonly Stretch[];
  onPick: (start: number, end: number) => void;
}

/** Every stretch without footage, and why. */
export function GapTable({ all, onPick }: GapTableProps) {
  const { t } = useTranslation();
  const say = useRecordingWords();
  const gaps = all.filter((stretch) => stretch.missing !== null);
  const columns: TableColumnsType<Stretch> = [
    {
      title: t('common.time'),
      width: 220,
      render: (_, gap) => (
        <a
          href="#gap"
          onClick={(event) => {
            event.preventDefault();
            onPick(gap.start, gap.end);
          }}
        >
          {timeOf(gap.start)}–{timeOf(gap.end)}
        </a>
      ),
    },
    { title: say('length'), width: 120, align: 'right', render: (_, gap) => duration((gap.end - gap.start) / 1000) },
    { title: say('cause'), render: (_, gap) => t(causeKey(gap.missing ?? 'unknown')) },
  ];
  return (
    <Card size="small" title={`${say('gaps')} (${gaps.length})`} styles={{ body: { padding: gaps.length > 0 ? 0 : undefined } }}>
      {gaps.length === 0 ? (
        <Nothing what={say('gapsEmpty')} />
      ) : (
        <Table<Stretch> size="small" scroll={{ x: 'max-content' }} rowKey="start" columns={columns} dataSource={gaps} pagination={gaps.length > 12 ? { pageSize: 12, size: 'small' } : false} />
      )}
    </Card>
  );
}
