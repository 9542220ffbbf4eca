import { expect, it } from 'vitest';
import type { StudentPresence } from '~/api/schema.d.ts';
import { byPresence } from './presence.ts';

const student = (name: string, presence: StudentPresence['presence'], from?: string, to?: string): StudentPresence => ({
  student_id: name, name, presence, frames_seen: 0, first_seen: from ?? null, last_seen: to ?? null, best_similarity: null,
});

it('puts those who were not seen first, and of the others who left early', () => {
  const all = [
    student('stayed', 'seen', '2026-11-23T01:00:00Z', '2026-11-23T03:00:00Z'),
    student('left', 'seen', '2026-11-23T01:00:00Z', '2026-11-23T01:20:00Z'),
    student('unclear', 'unclear'),
    student('absent', 'not_seen'),
  ];
  expect(byPresence(all).map((one) => one.name)).toEqual(['absent', 'unclear', 'left', 'stayed']);
});
