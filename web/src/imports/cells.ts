import { Problem, type FieldProblem } from '~/api/problem.ts';
import type { Text } from '~/i18n/text.ts';

/** What is wrong with a cell of a table. */
export interface WrongCell {
  /** Under which number a spreadsheet shows its row. */
  readonly row: number;
  readonly column: string;
  /** Of the notice; null where the cell only has the wrong form. */
  readonly rule: string | null;
  readonly text: Text;
}

const CELL = /^(?:rows|lines)\[(\d+)\]\.(\w+)$/;
/** The row and column that the server's sentence begins with; they have columns of their own here. */
const PLACE = /^第 \d+ 行(?:“[^”]*”)?：/;

/** Parts a refusal into the cells that it names, in the table's order, and what is about anything else. */
export function wrongCells(error: unknown): { readonly cells: readonly WrongCell[]; readonly others: readonly FieldProblem[] } {
  const problems = error instanceof Problem ? error.errors : [];
  const cells = problems.flatMap(({ field, rule, zh, en }) => {
    const [, row, column] = CELL.exec(field) ?? [];
    return row === undefined || column === undefined ? [] : [{ row: Number(row), column, rule: rule === 'shape' ? null : rule, text: { zh: zh.replace(PLACE, ''), en } }];
  });
  return { cells: cells.sort((a, b) => a.row - b.row), others: problems.filter(({ field }) => !CELL.test(field)) };
}
