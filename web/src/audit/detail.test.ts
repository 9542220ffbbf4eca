import { expect, it } from 'vitest';
import { detailText } from './detail.ts';

it('puts a detail on one line', () => {
  expect(detailText({ stream: 'sub', seconds: 12.5, cause: null, span: { start: 'a' } })).toBe('stream: sub · seconds: 12.5 · span: {"start":"a"}');
  expect([detailText({}), detailText(null), detailText('text'), detailText(3)]).toEqual(['', '', 'text', '3']);
});
