import { expect, it } from 'vitest';
import { lifeOf, STEPS, type Beyond, type LifeStep, type StepState } from './life.ts';

const before: Beyond = { today: '2026-03-02', endsOn: '2026-06-30', closeout: 'none', claimed: false, paid: false };
const inHand = (life: Record<LifeStep, StepState>) => STEPS.filter((step) => life[step] === 'now');

it('begins with saying what the class is to be, then with checking it', () => {
  expect(inHand(lifeOf({ stage: 'draft', revision: 0 }, before))).toEqual(['draft']);
  expect(inHand(lifeOf({ stage: 'draft', revision: 1 }, before))).toEqual(['self_check']);
});

it('has one step in hand at each stage, and all before it behind', () => {
  for (const [stage, step] of [['self_checked', 'filing'], ['filed', 'application'], ['applied', 'approval'], ['approved', 'start'], ['running', 'teaching']] as const) {
    const life = lifeOf({ stage, revision: 7 }, before);
    expect(inHand(life)).toEqual([step]);
    expect(STEPS.filter((one) => life[one] === 'done')).toEqual(STEPS.slice(0, STEPS.indexOf(step)));
  }
});

it('goes on from teaching to the payment', () => {
  const life = (over: Partial<Beyond>) => inHand(lifeOf({ stage: 'running', revision: 9 }, { ...before, ...over }));
  expect(life({ closeout: 'applied' })).toEqual(['teaching', 'closeout']);
  expect(life({ today: '2026-07-01' })).toEqual(['closeout']);
  expect(life({ today: '2026-07-20', closeout: 'accepted' })).toEqual(['claim']);
  expect(life({ today: '2026-07-20', closeout: 'accepted', claimed: true })).toEqual(['payment']);
  expect(life({ today: '2026-09-01', closeout: 'accepted', claimed: true, paid: true })).toEqual([]);
});
