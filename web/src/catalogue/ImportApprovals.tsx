import { api, address } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import type { ApprovalList } from '~/api/schema.d.ts';
import { ImportDialog } from '~/imports/ImportDialog.tsx';
import { asTable } from '~/imports/table.ts';
import { useCatalogueWords } from './words.ts';

/** R1.1: the approval list of a year out of a table, whole. */
export function ImportApprovals({ year, list, onClose }: { year: number; list: ApprovalList | null; onClose: () => void }) {
  const say = useCatalogueWords();
  return (
    <ImportDialog
      title={say('importOf', { year })}
      hint={say(list === null ? 'importNewHint' : 'importHint')}
      template={{ href: address.template('approval_list'), name: `${say('importTemplate')}.xlsx` }}
      trial
      stale={['approval-lists']}
      onClose={onClose}
      send={async (_, file, dry_run) => {
        const { rows, ignored_headings } = await ask(
          api.POST('/approval-lists/{year}/import', { params: { path: { year }, query: { revision: list?.revision ?? 0, dry_run } }, ...asTable(file) }),
        );
        return { rows, ignored: ignored_headings };
      }}
    />
  );
}
