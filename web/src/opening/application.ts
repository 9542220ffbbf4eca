import type { NewApplication, NewPictures } from '~/api/schema.d.ts';
import type { Dayjs } from 'dayjs';
import { fieldPath } from '~/report/reportFields.ts';
import { instantAt } from '~/time/zone.ts';
import type { Aim } from '~/ui/placing.ts';

export const MEASURES = ['brightness', 'sharpness', 'black_share', 'frozen_share', 'recognisable_share', 'eye_distance_px'] as const;

/** A room as the form has it: civil times, and pictures only where somebody filled all of them in. */
export interface RoomForm {
  venue_id: string;
  measured: [Dayjs, Dayjs];
  students: number;
  students_seen: number;
  pictures?: ({ camera_id: string } & Partial<Record<(typeof MEASURES)[number], number | null>>)[];
}

export interface ApplicationForm {
  online_name: string;
  platform_number?: string;
  liaison_id?: string;
  class_manager_id?: string;
  rooms: RoomForm[];
}

/** What is sent. */
export function toApplication({ rooms, platform_number, liaison_id, class_manager_id, online_name }: ApplicationForm, revision: number): NewApplication {
  return {
    online_name,
    platform_number: platform_number ?? '',
    liaison_id: liaison_id ?? null,
    class_manager_id: class_manager_id ?? null,
    revision,
    rooms: rooms.map(({ venue_id, measured: [from, until], students, students_seen, pictures }) => ({
      venue_id,
      students,
      students_seen,
      from: instantAt(from.format('YYYY-MM-DD'), from.format('HH:mm')),
      until: instantAt(until.format('YYYY-MM-DD'), until.format('HH:mm')),
      pictures: (pictures ?? []).filter(isWhole),
    })),
  };
}

function isWhole(pictures: NonNullable<RoomForm['pictures']>[number]): pictures is NewPictures {
  return MEASURES.every((measure) => pictures[measure] != null);
}

const WORDS: Readonly<Record<string, string>> = {
  online_name: 'online_name', platform_number_missing: 'platform_number', no_liaison: 'liaison_id', no_class_manager: 'class_manager_id',
};

/** Where the form shows what the rules say of an application. */
export const aimApplication: Aim = ({ field }) => {
  const word = WORDS[field];
  if (word !== undefined) return [word];
  return /^rooms\[\d+\]\.(until|from)$/.test(field) ? [...fieldPath(field).slice(0, 2), 'measured'] : undefined;
};
