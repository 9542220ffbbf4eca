import { useInfiniteQuery } from '@tanstack/react-query';
import type { Class } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import { Loaded } from '~/ui/Loaded.tsx';
import { AddUpload } from './AddUpload.tsx';
import { QueueList } from './QueueList.tsx';
import { uploadsQuery } from './queries.ts';
import { UploadTable } from './UploadTable.tsx';
import { useUploads } from './useUploads.ts';

/** The videos that an institution hands in for a class. */
export function UploadsTab({ one }: { one: Class }) {
  const sends = useMay('upload_evidence');
  const all = useUploads().filter((running) => running.classId === one.id);
  const query = useInfiniteQuery(uploadsQuery(one.id, undefined));
  return (
    <>
      {sends && <AddUpload classId={one.id} />}
      <QueueList all={all} />
      <Loaded query={query}>{(uploads) => <UploadTable uploads={uploads} named={false} paged={query} />}</Loaded>
    </>
  );
}
