import { expect, it } from 'vitest';
import { shownUntil } from './shownUntil.ts';

const MINUTE = 60_000;
const session = { start: 100 * MINUTE, end: 400 * MINUTE };
const minutes = (passed: number, latest = passed): number => (shownUntil(session, session.start + passed * MINUTE, session.start + latest * MINUTE) - session.start) / MINUTE;

it('shows a young session over ten minutes, not as a dot in five hours', () => {
  expect(minutes(0)).toBe(10);
  expect(minutes(3)).toBe(10);
  expect(minutes(9)).toBe(10);
  expect(minutes(9.1)).toBe(15);
});

it('always keeps the newest in view, with room, and at least half of the axis in use after ten minutes', () => {
  for (let passed = 1; passed < 300; passed += 1) {
    const shown = minutes(passed);
    expect(shown, `${passed}`).toBeGreaterThan(passed);
    if (passed >= 10) expect(passed / shown, `${passed}`).toBeGreaterThanOrEqual(0.5);
  }
});

it('grows with the session and never beyond its end', () => {
  let before = 0;
  for (let passed = 0; passed < 300; passed += 1) {
    const shown = minutes(passed);
    expect(shown).toBeGreaterThanOrEqual(before);
    expect(shown).toBeLessThanOrEqual(300);
    before = shown;
  }
});

it('shows the whole session before and after it', () => {
  expect(minutes(-1)).toBe(300);
  expect(minutes(300)).toBe(300);
  expect(minutes(9_999)).toBe(300);
});

it('does not lose a point of a camera whose clock is ahead', () => {
  expect(minutes(3, 12)).toBe(15);
});

it('shows a short session whole at once', () => {
  expect(shownUntil({ start: 0, end: 8 * MINUTE }, MINUTE, 0)).toBe(8 * MINUTE);
});
