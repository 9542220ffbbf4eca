import { useQuery } from '@tanstack/react-query';
import { createFileRoute } from '@tanstack/react-router';
import { classesQuery } from '~/api/queries.ts';
import { useNow } from '~/app/clock.ts';
import { ClassList } from '~/classes/ClassList.tsx';
import { dateOf } from '~/time/zone.ts';
import { Loaded } from '~/ui/Loaded.tsx';

export const Route = createFileRoute('/_app/classes/')({ component: ClassesPage });

function ClassesPage() {
  const query = useQuery(classesQuery);
  const today = dateOf(useNow());
  return <Loaded query={query}>{(classes) => <ClassList classes={classes} today={today} />}</Loaded>;
}
