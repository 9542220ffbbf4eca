import { Card, Table, type TableColumnsType, type TableProps } from 'antd';
import { useEffect, useState, type HTMLAttributes, type ReactNode, type UIEvent } from 'react';
import { More, type Paged } from './More.tsx';

/** From so many rows on only those in sight are drawn. */
const LONG = 150;
/** Page head, card and the button below, which stay in sight. */
const AROUND = 250;
const LEAST = 320;
/** So near to the end the next page is fetched, in pixels. */
const NEAR = 600;

interface LongTableProps<T extends object> {
  rows: readonly T[];
  columns: TableColumnsType<T>;
  rowKey: keyof T & string;
  /** The least width of all columns, in pixels. */
  width: number;
  paged: Paged;
  empty: ReactNode;
  title?: string;
  /** Attributes of every row, such as a test's handle. */
  attributes?: (row: T) => HTMLAttributes<HTMLElement> & Record<`data-${string}`, string>;
}

/** A list that has no end: page after page by a button, and once it is long, by scrolling in it. */
export function LongTable<T extends object>({ rows, columns, rowKey, width, paged, empty, title, attributes }: LongTableProps<T>) {
  const height = useRoom();
  const long = rows.length > LONG;
  const shared: TableProps<T> = {
    size: 'small', rowKey, columns, dataSource: [...rows], pagination: false, showHeader: rows.length > 0, locale: { emptyText: empty }, ...(attributes === undefined ? {} : { onRow: attributes }),
  };
  const scrolled = ({ currentTarget: { scrollTop, scrollHeight, clientHeight } }: UIEvent) => {
    if (scrollHeight - scrollTop - clientHeight < NEAR && paged.hasNextPage && !paged.isFetchingNextPage) paged.fetchNextPage();
  };
  return (
    <>
      <Card size="small" title={title} styles={{ body: { padding: 0 } }} data-testid="long-table" data-long={long}>
        {long ? <Table<T> {...shared} virtual scroll={{ x: width, y: height }} onScroll={scrolled} /> : <Table<T> {...shared} scroll={rows.length > 0 ? { x: width } : undefined} />}
      </Card>
      <More paged={paged} />
    </>
  );
}

/** How high a list can be that is all there is on a page. */
function useRoom(): number {
  const [height, setHeight] = useState(window.innerHeight);
  useEffect(() => {
    const changed = () => setHeight(window.innerHeight);
    window.addEventListener('resize', changed);
    return () => window.removeEventListener('resize', changed);
  }, []);
  return Math.max(LEAST, height - AROUND);
}
