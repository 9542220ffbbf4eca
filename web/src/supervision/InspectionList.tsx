import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Table, Tag, type TableColumnsType } from 'antd';
import { useState } from 'react';
import type { Class, Inspection, SheetState } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import { useTranslation } from '~/i18n/index.ts';
import { Loaded } from '~/ui/Loaded.tsx';
import { Nothing } from '~/ui/Nothing.tsx';
import { ChecklistLine } from './ChecklistView.tsx';
import { InspectionDialog } from './InspectionDialog.tsx';
import { inspectionsQuery } from './queries.ts';
import styles from './supervision.module.css';
import { useSupervisionWords } from './words.ts';

const COLOURS = { draft: 'default', signing: 'processing', signed: 'success' } as const satisfies Record<SheetState, string>;

export function SheetStateTag({ state }: { state: SheetState }) {
  const say = useSupervisionWords();
  return (
    <Tag color={COLOURS[state]} variant="filled" style={{ marginInlineEnd: 0 }} data-testid="sheet-state" data-state={state}>
      {say(`sheetState.${state}`)}
    </Tag>
  );
}

/** The sheets of a class's on-site inspections, the newest first. */
export function InspectionList({ one }: { one: Class }) {
  const { marks, t } = useTranslation();
  const say = useSupervisionWords();
  const drafts = useMay('supervise');
  const [drafting, setDrafting] = useState(false);
  const query = useQuery(inspectionsQuery(one.id));
  const columns: TableColumnsType<Inspection> = [
    {
      title: say('sheetDate'),
      render: (_, sheet) => (
        <Link to="/inspections/$inspectionId" params={{ inspectionId: sheet.id }}>
          {sheet.date}
        </Link>
      ),
    },
    { title: say('inspectors'), render: (_, sheet) => sheet.inspectors.map(({ user }) => user.display_name).join(marks.list) },
    { title: say('seenWhat'), render: (_, sheet) => <ChecklistLine checklist={sheet.checklist} /> },
    { title: t('common.state'), render: (_, sheet) => <SheetStateTag state={sheet.state} /> },
    { title: say('missing'), render: (_, sheet) => <Missing sheet={sheet} /> },
  ];
  return (
    <section>
      <div className={styles.head}>
        <h3>{say('visits')}</h3>
        {drafts && (
          <Button onClick={() => setDrafting(true)} data-testid="draft-inspection">
            {say('sheetNew')}
          </Button>
        )}
      </div>
      <Loaded query={query}>
        {(sheets) => (
          <Table<Inspection>
            size="small"
            rowKey="id"
            columns={columns}
            dataSource={sheets.toReversed()}
            showHeader={sheets.length > 0}
            scroll={sheets.length > 0 ? { x: 'max-content' } : undefined}
            pagination={sheets.length > 20 ? { pageSize: 20, size: 'small' } : false}
            locale={{ emptyText: <Nothing what={say('noSheets')} /> }}
            onRow={() => ({ 'data-testid': 'inspection' }) as object}
          />
        )}
      </Loaded>
      {drafting && <InspectionDialog classId={one.id} sheet={null} onClose={() => setDrafting(false)} />}
    </section>
  );
}

/** Whose signature is missing. */
function Missing({ sheet }: { sheet: Inspection }) {
  const { marks } = useTranslation();
  const say = useSupervisionWords();
  const left = sheet.inspectors.filter(({ signed }) => !signed).map(({ user }) => user.display_name);
  const all = [...left, ...(sheet.waits_for_institution ? [say('forInstitution')] : [])];
  return all.length === 0 ? '—' : all.join(marks.list);
}
