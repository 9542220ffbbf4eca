import type { Checklist, Look } from '~/api/schema.d.ts';

/** R7.1a: what supervision looks at, in the notice's order. */
export const ITEMS = [
  'voluntary', 'attendance_real', 'manager_named', 'ledgers_kept', 'leave_recorded', 'conduct', 'drop_outs', 'sex_counts', 'replaced', 'plan_followed',
] as const satisfies readonly (keyof Checklist)[];

export type Item = (typeof ITEMS)[number];

/** What stands in the form for one item. */
interface ItemForm {
  look: Look['look'];
  what?: string;
}

export type ChecklistForm = Record<Item, ItemForm>;

const each = <T>(make: (item: Item) => T) => Object.fromEntries(ITEMS.map((item) => [item, make(item)])) as Record<Item, T>;

/** Nothing was looked at yet. */
export const untouched = (): ChecklistForm => each(() => ({ look: 'not_looked_at' }));

export function toForm(checklist: Checklist): ChecklistForm {
  return each((item) => {
    const look = checklist[item];
    return look.look === 'not_fine' ? { look: look.look, what: look.what } : { look: look.look };
  });
}

export function toChecklist(form: ChecklistForm): Checklist {
  return each((item): Look => {
    const { look, what } = form[item];
    return look === 'not_fine' ? { look, what: what?.trim() ?? '' } : { look };
  });
}

/** Sets every item that nobody has touched to fine. */
export function restFine(form: ChecklistForm): ChecklistForm {
  return each((item) => (form[item].look === 'not_looked_at' ? { look: 'seen_fine' } : form[item]));
}

export interface Tally {
  readonly fine: number;
  readonly wrong: readonly { readonly item: Item; readonly what: string }[];
  readonly open: number;
}

export function tallyOf(checklist: Checklist): Tally {
  const looks = ITEMS.map((item) => ({ item, look: checklist[item] }));
  return {
    fine: looks.filter(({ look }) => look.look === 'seen_fine').length,
    wrong: looks.flatMap(({ item, look }) => (look.look === 'not_fine' ? [{ item, what: look.what }] : [])),
    open: looks.filter(({ look }) => look.look === 'not_looked_at').length,
  };
}
