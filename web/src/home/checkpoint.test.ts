import { expect, it } from 'vitest';
import { readCheckpoint } from './checkpoint.ts';

it('reads size and root of a signed note', () => {
  expect(readCheckpoint('duxue.example/log\n1234\nq5zX=\n\n— duxue.example/log c2ln\n')).toEqual({ entries: 1234, root: 'q5zX=' });
});

it('takes nothing else for one', () => {
  expect(() => readCheckpoint('<html>')).toThrow();
  expect(() => readCheckpoint('origin\n12x\nroot')).toThrow();
});
