import { useQueries, useQuery } from '@tanstack/react-query';
import { classDayQuery, daysQuery } from '~/api/queries.ts';
import { useMay } from '~/app/access.ts';
import { marksOf, type Mark } from './marks.ts';

/** Where the findings of a class's day show in one camera's pictures; none for those who may not read them. */
export function useClassMarks(classId: string, date: string, camera: string): Mark[] {
  const reads = useMay('read_finding');
  const day = useQuery({ ...classDayQuery(classId, date), enabled: reads });
  return reads && day.data !== undefined ? marksOf(day.data.findings, camera) : [];
}

/** The same of every class that had lessons before the camera, by their names. */
export function useCameraMarks(names: readonly string[], date: string, camera: string): Mark[] {
  const reads = useMay('read_finding');
  const lines = useQuery({ ...daysQuery(date), enabled: reads && names.length > 0 });
  const classes = (lines.data ?? []).filter((line) => names.includes(line.class.name)).map((line) => line.class.id);
  return useQueries({
    queries: classes.map((id) => classDayQuery(id, date)),
    combine: (days) => marksOf(days.flatMap((day) => day.data?.findings ?? []), camera),
  });
}
