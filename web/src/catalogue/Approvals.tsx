import { useQuery } from '@tanstack/react-query';
import { Button, Select, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import type { ApprovalList, ApprovedMajor } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import { useNow } from '~/app/clock.ts';
import { useTranslation } from '~/i18n/index.ts';
import { useImportWords } from '~/imports/words.ts';
import { dateOf, ms, stampOf } from '~/time/zone.ts';
import { Loaded } from '~/ui/Loaded.tsx';
import { Nothing } from '~/ui/Nothing.tsx';
import { ApprovalDialog } from './ApprovalDialog.tsx';
import { Bar } from './Bar.tsx';
import { ImportApprovals } from './ImportApprovals.tsx';
import { approvalListsQuery } from './queries.ts';
import { useCatalogueWords } from './words.ts';

/** R1.1: majors approved for institutions, a list a year. */
export function Approvals() {
  const query = useQuery(approvalListsQuery);
  return <Loaded query={query}>{(lists) => <Lists lists={lists} />}</Loaded>;
}

function Lists({ lists }: { lists: readonly ApprovalList[] }) {
  const { t } = useTranslation();
  const say = useCatalogueWords();
  const importSay = useImportWords();
  const edits = useMay('edit_catalogue');
  const thisYear = Number(dateOf(useNow()).slice(0, 4));
  const [year, setYear] = useState<number | undefined>((lists.find((list) => list.year === thisYear) ?? lists[0])?.year);
  const [editing, setEditing] = useState<{ year: number; list: ApprovalList | null } | null>(null);
  const [importing, setImporting] = useState<{ year: number; list: ApprovalList | null } | null>(null);
  const shown = lists.find((list) => list.year === year);
  const next = [thisYear, thisYear + 1, thisYear - 1].find((one) => lists.every((list) => list.year !== one));
  const columns: TableColumnsType<ApprovedMajor> = [
    { title: t('common.institution'), render: (_, line) => line.institution.name },
    { title: say('major'), dataIndex: 'major' },
  ];
  return (
    <>
      <Bar hint={say('approvalsHint')}>
        {lists.length > 0 && <Select<number> aria-label={say('year')} value={year} onChange={setYear} options={lists.map((list) => ({ value: list.year, label: say('yearOf', { year: list.year }) }))} style={{ width: 110 }} />}
        {edits && next !== undefined && <Button onClick={() => setEditing({ year: next, list: null })}>{`${say('yearNew')}（${next}）`}</Button>}
        {edits && (
          <Button onClick={() => setImporting(shown === undefined ? { year: next ?? thisYear, list: null } : { year: shown.year, list: shown })} data-testid="import-approvals">
            {importSay('button')}
          </Button>
        )}
        {edits && shown !== undefined && (
          <Button type="primary" onClick={() => setEditing({ year: shown.year, list: shown })} data-testid="edit-approvals">
            {say('approvalsEdit')}
          </Button>
        )}
      </Bar>
      {shown === undefined ? (
        <Nothing what={say('approvalsEmpty')} />
      ) : (
        <>
          <Table<ApprovedMajor>
            size="small"
            rowKey={(line) => `${line.institution.id} ${line.major}`}
            columns={columns}
            dataSource={[...shown.majors]}
            showHeader={shown.majors.length > 0}
            scroll={shown.majors.length > 0 ? { x: 'max-content' } : undefined}
            pagination={{ pageSize: 50, size: 'small', hideOnSinglePage: true }}
            locale={{ emptyText: <Nothing what={say('approvalsNone')} /> }}
          />
          <p style={{ color: 'var(--quiet)', fontSize: 13 }}>
            {say('approvalsChanged', { name: shown.changed_by.display_name, at: stampOf(ms(shown.changed_at)), revision: shown.revision })}
          </p>
        </>
      )}
      {importing !== null && (
        <ImportApprovals
          {...importing}
          onClose={() => {
            setYear(importing.year);
            setImporting(null);
          }}
        />
      )}
      {editing !== null && (
        <ApprovalDialog
          {...editing}
          onClose={() => {
            setYear(editing.year);
            setEditing(null);
          }}
        />
      )}
    </>
  );
}
