import dayjs from 'dayjs';
import { expect, it } from 'vitest';
import { aimApplication, toApplication, type RoomForm } from './application.ts';

const room: RoomForm = { venue_id: 'v', measured: [dayjs('2026-03-02 09:00'), dayjs('2026-03-02 09:15')], students: 20, students_seen: 19 };
const measures = { brightness: 120, sharpness: 90, black_share: 0, frozen_share: 0, recognisable_share: 1, eye_distance_px: 40 };

it('sends the office’s time, whatever zone the computer is in', () => {
  const sent = toApplication({ online_name: '甲', rooms: [room] }, 3);
  expect(sent).toMatchObject({ revision: 3, platform_number: '', liaison_id: null });
  expect(sent.rooms[0]).toMatchObject({ from: '2026-03-02T01:00:00.000Z', until: '2026-03-02T01:15:00.000Z', pictures: [] });
});

it('sends measures of a camera only when all of them are filled in, zero among them', () => {
  const pictures = [{ camera_id: 'a', ...measures }, { camera_id: 'b', brightness: 100 }, { camera_id: 'c', ...measures, sharpness: null }];
  expect(toApplication({ online_name: '', rooms: [{ ...room, pictures }] }, 1).rooms[0]?.pictures?.map((one) => one.camera_id)).toEqual(['a']);
});

it('leads from the words of the rules to the fields', () => {
  const aim = (field: string) => aimApplication({ field, rule: 'R6.1', zh: '', en: '' });
  expect(aim('platform_number_missing')).toEqual(['platform_number']);
  expect(aim('no_liaison')).toEqual(['liaison_id']);
  expect(aim('rooms[1].until')).toEqual(['rooms', 1, 'measured']);
  expect(aim('not_covered')).toBeUndefined();
});
