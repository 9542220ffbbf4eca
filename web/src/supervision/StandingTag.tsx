import { Tag } from 'antd';
import type { Standing } from '~/api/schema.d.ts';
import { useSupervisionWords } from './words.ts';

const COLOURS = { overdue: 'error', behind: 'warning', open: 'processing', done: 'success' } as const satisfies Record<Standing, string>;

export function StandingTag({ standing }: { standing: Standing }) {
  const say = useSupervisionWords();
  return (
    <Tag color={COLOURS[standing]} variant="filled" style={{ marginInlineEnd: 0 }} data-standing={standing}>
      {say(`standing.${standing}`)}
    </Tag>
  );
}
