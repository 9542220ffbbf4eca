import { describe, expect, it } from 'vitest';
import { actOf, isOurs, otherSpeed } from './keys.ts';

const plain = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };

describe('the keys of the player', () => {
  it('move by seconds, by a picture, by a mark', () => {
    expect(actOf({ ...plain, key: 'ArrowLeft' })).toEqual({ do: 'skip', seconds: -5 });
    expect(actOf({ ...plain, key: 'ArrowRight', shiftKey: true })).toEqual({ do: 'skip', seconds: 60 });
    expect(actOf({ ...plain, key: '.' })).toEqual({ do: 'frame', direction: 1 });
    expect(actOf({ ...plain, key: 'N' })).toEqual({ do: 'mark', direction: 1 });
  });

  it('leave what is the browser’s alone', () => {
    expect(actOf({ ...plain, key: 'f', ctrlKey: true })).toBeNull();
    expect(actOf({ ...plain, key: 'l', metaKey: true })).toBeNull();
    expect(actOf({ ...plain, key: 'Escape' })).toBeNull();
  });

  it('do nothing while somebody writes, presses a button or looks at a dialog above', () => {
    document.body.innerHTML = '<div id="root"><video></video><button></button></div><input><div role="dialog"><p></p></div>';
    const root = document.querySelector('#root');
    if (root === null) throw new Error('no root');
    expect(isOurs(document.querySelector('input'), 'k', root)).toBe(false);
    expect(isOurs(document.querySelector('button'), ' ', root)).toBe(false);
    expect(isOurs(document.querySelector('button'), 'k', root)).toBe(true);
    expect(isOurs(document.querySelector('p'), 'k', root)).toBe(false);
    expect(isOurs(document.body, ' ', root)).toBe(true);
  });

  it('change the speed step by step, and stop at either end', () => {
    expect(otherSpeed(1, 1)).toBe(2);
    expect(otherSpeed(0.25, -1)).toBe(0.25);
    expect(otherSpeed(8, 1)).toBe(8);
  });
});
