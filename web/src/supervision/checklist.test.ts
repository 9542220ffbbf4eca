import { expect, it } from 'vitest';
import { ITEMS, restFine, tallyOf, toChecklist, toForm, untouched } from './checklist.ts';

it('goes to the server and back, with what is wrong', () => {
  const form = { ...untouched(), replaced: { look: 'not_fine' as const, what: '  一人替换 ' }, conduct: { look: 'seen_fine' as const } };
  const sent = toChecklist(form);
  expect(sent.replaced).toEqual({ look: 'not_fine', what: '一人替换' });
  expect(toForm(sent).replaced).toEqual({ look: 'not_fine', what: '一人替换' });
  expect(tallyOf(sent)).toEqual({ fine: 1, wrong: [{ item: 'replaced', what: '一人替换' }], open: ITEMS.length - 2 });
});

it('drops what was written where the item is fine after all', () => {
  expect(toChecklist({ ...untouched(), conduct: { look: 'seen_fine', what: 'x' } }).conduct).toEqual({ look: 'seen_fine' });
});

it('sets the rest to fine and leaves what was said', () => {
  const form = restFine({ ...untouched(), drop_outs: { look: 'not_fine', what: '一人退出' } });
  expect(tallyOf(toChecklist(form))).toEqual({ fine: ITEMS.length - 1, wrong: [{ item: 'drop_outs', what: '一人退出' }], open: 0 });
});
