import { useInfiniteQuery } from '@tanstack/react-query';
import { createFileRoute } from '@tanstack/react-router';
import { auditQuery } from '~/api/queries.ts';
import type { AuditEntry } from '~/api/schema.d.ts';
import { AuditList } from '~/audit/AuditList.tsx';
import { Loaded } from '~/ui/Loaded.tsx';

export const Route = createFileRoute('/_app/audit')({ component: AuditPage });

function AuditPage() {
  const query = useInfiniteQuery(auditQuery);
  // `detail` is free JSON; the client's reading of the schema makes an index signature of it.
  return <Loaded query={query}>{(all) => <AuditList entries={all as AuditEntry[]} paged={query} />}</Loaded>;
}
