import { useInfiniteQuery } from '@tanstack/react-query';
import { createFileRoute } from '@tanstack/react-router';
import { auditQuery } from '~/api/queries.ts';
import { AuditList } from '~/audit/AuditList.tsx';
import { Loaded } from '~/ui/Loaded.tsx';

export const Route = createFileRoute('/_app/audit')({ component: AuditPage });

function AuditPage() {
  const query = useInfiniteQuery(auditQuery);
  return <Loaded query={query}>{(all) => <AuditList entries={all} paged={query} />}</Loaded>;
}
