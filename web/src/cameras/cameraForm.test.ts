import { expect, it } from 'vitest';
import { toChange, toNewCamera } from './cameraForm.ts';

it('puts credentials into the main address only', () => {
  const sent = toNewCamera({ venue_id: 'v', name: ' 前 ', main_url: 'rtsp://cam/1', sub_url: 'rtsp://cam/2', username: 'u', password: 'p' });
  expect(sent).toEqual({ venue_id: 'v', name: '前', main_url: 'rtsp://u:p@cam/1', sub_url: 'rtsp://cam/2', transport: 'tcp' });
});

it('changes only what was filled in', () => {
  expect(toChange({ name: 'n', main_url: '', sub_url: ' ', transport: 'udp', enabled: false })).toEqual({ name: 'n', transport: 'udp', enabled: false });
  expect(toChange({ name: 'n', main_url: 'rtsp://cam/1', username: 'u', password: 'p' })).toMatchObject({ main_url: 'rtsp://u:p@cam/1' });
});

it('removes a sub-stream with an empty address', () => {
  expect(toChange({ name: 'n', sub_url: 'rtsp://cam/2', remove_sub: true })).toMatchObject({ sub_url: '' });
});
