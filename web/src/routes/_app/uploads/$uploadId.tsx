import { useQuery } from '@tanstack/react-query';
import { createFileRoute } from '@tanstack/react-router';
import { Loaded } from '~/ui/Loaded.tsx';
import { useBack } from '~/ui/useBack.ts';
import { uploadQuery } from '~/uploads/queries.ts';
import { UploadView } from '~/uploads/UploadView.tsx';

export const Route = createFileRoute('/_app/uploads/$uploadId')({ component: UploadPage });

function UploadPage() {
  const { uploadId } = Route.useParams();
  const back = useBack('/uploads');
  const query = useQuery(uploadQuery(uploadId));
  return <Loaded query={query}>{(upload) => <UploadView upload={upload} onBack={back} />}</Loaded>;
}
