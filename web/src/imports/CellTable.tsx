import { Alert, Table, type TableColumnsType } from 'antd';
import { useText } from '~/i18n/index.ts';
import { Scrolled } from '~/ui/Scrolled.tsx';
import type { WrongCell } from './cells.ts';
import { useImportWords } from './words.ts';
import { zh } from './zh.ts';

type Column = keyof typeof zh.column;

const isColumn = (key: string): key is Column => key in zh.column;

/** What is wrong with a table, cell by cell, as one finds it in the spreadsheet. */
export function CellTable({ cells }: { cells: readonly WrongCell[] }) {
  const say = useImportWords();
  const text = useText();
  const columns: TableColumnsType<WrongCell> = [
    { title: say('row'), dataIndex: 'row', width: 60 },
    { title: say('columnOf'), width: 130, render: (_, { column }) => (isColumn(column) ? say(`column.${column}`) : column) },
    { title: say('what'), render: (_, cell) => text(cell.text) },
    { title: say('rule'), width: 90, render: (_, { rule }) => rule ?? say('form') },
  ];
  return (
    <>
      <Alert type="error" showIcon role="alert" title={say('wrong', { count: cells.length })} description={cells.length >= 50 ? say('wrongMost') : undefined} style={{ marginBottom: 8 }} />
      <Scrolled label={say('what')} most={300}>
        <Table<WrongCell>
          size="small"
          rowKey={(cell) => `${cell.row} ${cell.column} ${cell.text.en}`}
          columns={columns}
          dataSource={[...cells]}
          style={{ minWidth: 480 }}
          pagination={false}
          data-testid="wrong-cells"
        />
      </Scrolled>
    </>
  );
}
