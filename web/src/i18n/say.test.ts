import { expect, it } from 'vitest';
import { sayer } from './say.ts';

const say = sayer({ title: '课程表', state: { open: '{{count}} 项待办，{{who}}' } });

it('finds a sentence by its path and fills its blanks', () => {
  expect(say('title')).toBe('课程表');
  expect(say('state.open', { count: 0, who: '中心' })).toBe('0 项待办，中心');
});

it('leaves a blank that nobody filled, and a key that nobody wrote, to be seen', () => {
  expect(say('state.open', { count: 3 })).toBe('3 项待办，{{who}}');
  expect(say('state' as never)).toBe('state');
  expect(say('state.open.more' as never)).toBe('state.open.more');
});
