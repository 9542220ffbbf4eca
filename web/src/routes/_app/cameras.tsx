import { useQuery } from '@tanstack/react-query';
import { createFileRoute } from '@tanstack/react-router';
import { camerasQuery } from '~/api/queries.ts';
import { CameraList } from '~/cameras/CameraList.tsx';
import { Loaded } from '~/ui/Loaded.tsx';

export const Route = createFileRoute('/_app/cameras')({ component: CamerasPage });

function CamerasPage() {
  const query = useQuery(camerasQuery);
  return <Loaded query={query}>{(cameras) => <CameraList cameras={cameras} />}</Loaded>;
}
