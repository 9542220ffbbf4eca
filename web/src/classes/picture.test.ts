import { expect, it } from 'vitest';
import { checkPicture, PICTURE_MAX_BYTES } from './picture.ts';

it('takes pictures that the server would', () => {
  expect(checkPicture({ type: 'image/jpeg', size: 1 })).toEqual({ ok: true, type: 'image/jpeg' });
  expect(checkPicture({ type: 'image/png', size: PICTURE_MAX_BYTES })).toEqual({ ok: true, type: 'image/png' });
});

it('says why it does not take others', () => {
  expect(checkPicture({ type: 'image/heic', size: 1 })).toEqual({ ok: false, why: 'wrongType' });
  expect(checkPicture({ type: 'image/png', size: PICTURE_MAX_BYTES + 1 })).toEqual({ ok: false, why: 'tooBig' });
});
