import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Card, Collapse } from 'antd';
import { useState } from 'react';
import { useMay } from '~/app/access.ts';
import { useTranslation } from '~/i18n/index.ts';
import { Loaded } from '~/ui/Loaded.tsx';
import { More } from '~/ui/More.tsx';
import { Nothing } from '~/ui/Nothing.tsx';
import { DrawDialog } from './DrawDialog.tsx';
import { DrawView } from './DrawView.tsx';
import { drawsQuery } from './queries.ts';
import { useSupervisionWords } from './words.ts';

/** Draws of whom to look at, the newest open; today's is drawn from here. */
export function Draws({ today }: { today: string }) {
  const { marks } = useTranslation();
  const say = useSupervisionWords();
  const draws = useMay('supervise');
  const query = useInfiniteQuery(drawsQuery);
  const [drawing, setDrawing] = useState(false);
  const again = query.data?.some((draw) => draw.date === today) ?? false;
  return (
    <Card
      size="small"
      title={say('draws')}
      extra={
        draws && (
          <Button type={again ? 'default' : 'primary'} size="small" onClick={() => setDrawing(true)} disabled={query.data === undefined} data-testid="draw-classes">
            {say(again ? 'drawAgain' : 'drawToday')}
          </Button>
        )
      }
    >
      <Loaded query={query}>
        {(all) =>
          all.length === 0 ? (
            <Nothing what={say('drawsEmpty')} hint={say('drawHint')} />
          ) : (
            <>
              {!again && <p style={{ marginTop: 0 }}>{say('drawNone')}</p>}
              {/* Anew with each draw, so that the newest is the one that is open. */}
              <Collapse
                key={all[0]?.id}
                size="small"
                ghost
                defaultActiveKey={all[0]?.id}
                items={all.map((draw) => ({
                  key: draw.id,
                  label: `${say('drawNumber', { date: draw.date, number: draw.number })}${marks.colon}${draw.drawn.map(({ name }) => name).join(marks.list)}`,
                  children: <DrawView draw={draw} />,
                }))}
              />
              <More paged={query} />
            </>
          )
        }
      </Loaded>
      {drawing && <DrawDialog again={again} onClose={() => setDrawing(false)} />}
    </Card>
  );
}
