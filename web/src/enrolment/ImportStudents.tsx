import { api, address } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import { ImportDialog } from '~/imports/ImportDialog.tsx';
import { asTable } from '~/imports/table.ts';
import { useEnrolmentWords } from './words.ts';

/** A roster out of a table: whoever is on it already is refused by their row. */
export function ImportStudents({ classId, onClose }: { classId: string; onClose: () => void }) {
  const say = useEnrolmentWords();
  return (
    <ImportDialog
      title={say('import')}
      hint={say('importHint')}
      template={{ href: address.template('students'), name: `${say('importTemplate')}.xlsx` }}
      trial
      stale={['classes']}
      onClose={onClose}
      send={async (_, file, dry_run) => {
        const { rows, ignored_headings } = await ask(api.POST('/classes/{id}/students/import', { params: { path: { id: classId }, query: { dry_run } }, ...asTable(file) }));
        return { rows, ignored: ignored_headings };
      }}
    />
  );
}
