import type { TableColumnsType } from 'antd';
import type { AuditEntry } from '~/api/schema.d.ts';
import { useTranslation } from '~/i18n/index.ts';
import { ms, stampOf } from '~/time/zone.ts';
import { Hash } from '~/ui/Hash.tsx';
import { LongTable } from '~/ui/LongTable.tsx';
import type { Paged } from '~/ui/More.tsx';
import { Nothing } from '~/ui/Nothing.tsx';
import { Page } from '~/ui/Page.tsx';
import { actName, detailName, subjectName } from './acts.ts';
import { ChainCheck } from './ChainCheck.tsx';
import { detailText } from './detail.ts';
import { useAuditWords } from './words.ts';

interface AuditListProps {
  entries: readonly AuditEntry[];
  paged: Paged;
}

/** Who did what, newest first, and whether the chain holds. */
export function AuditList({ entries, paged }: AuditListProps) {
  const { language, t } = useTranslation();
  const say = useAuditWords();
  const columns: TableColumnsType<AuditEntry> = [
    { title: say('seq'), width: 76, align: 'right', dataIndex: 'seq' },
    { title: t('common.time'), width: 166, render: (_, entry) => stampOf(ms(entry.at)) },
    { title: say('actor'), width: 130, render: (_, entry) => entry.actor?.display_name ?? <span style={{ color: 'var(--quiet)' }}>{say('system')}</span> },
    { title: say('action'), width: 180, render: (_, entry) => <span title={entry.action}>{actName(entry.action, language)}</span> },
    {
      title: say('subject'),
      width: 170,
      render: (_, entry) => (
        <span title={entry.subject_id}>
          {subjectName(entry.subject_kind, language)} <small style={{ color: 'var(--quiet)' }}>{entry.subject_id.slice(0, 8)}</small>
        </span>
      ),
    },
    { title: say('detail'), render: (_, entry) => <span style={{ fontSize: 12.5, wordBreak: 'break-word' }}>{detailText(entry.detail, (key) => detailName(key, language))}</span> },
    { title: say('hash'), width: 130, render: (_, entry) => <Hash value={entry.hash} short={10} /> },
  ];
  return (
    <Page title={say('title')} tools={<ChainCheck />}>
      <LongTable<AuditEntry> rows={entries} rowKey="seq" columns={columns} width={1180} paged={paged} empty={<Nothing what={say('empty')} />} />
    </Page>
  );
}
