import { Card, Tabs } from 'antd';
import { lazy, Suspense, type ComponentType } from 'react';
import { useMe } from '~/app/access.ts';
import { useNarrow } from '~/app/useNarrow.ts';
import { Page } from '~/ui/Page.tsx';
import { Waiting } from '~/ui/Waiting.tsx';
import { partsFor, type Part } from './tabs.ts';
import { useAdministrationWords } from './words.ts';

const BODIES: Record<Part, ComponentType> = {
  policy: lazy(async () => ({ default: (await import('./Policy.tsx')).Policy })),
  holidays: lazy(async () => ({ default: (await import('./Holidays.tsx')).Holidays })),
  webhooks: lazy(async () => ({ default: (await import('./Webhooks.tsx')).Webhooks })),
  health: lazy(async () => ({ default: (await import('./SystemHealth.tsx')).SystemHealth })),
};

/** What the whole rests on: the numbers of the policy, the calendar, who is told, and how the machine does. */
export function Administration({ part, onPart }: { part: Part; onPart: (part: Part) => void }) {
  const say = useAdministrationWords();
  const narrow = useNarrow();
  const { actions } = useMe();
  const parts = partsFor(actions);
  return (
    <Page title={say('title')}>
      <Card size="small">
        <Tabs
          size="small"
          activeKey={part}
          destroyOnHidden
          tabBarGutter={narrow ? 16 : 24}
          onChange={(key) => {
            const next = parts.find((known) => known === key);
            if (next !== undefined) onPart(next);
          }}
          items={parts.map((key) => {
            const Body = BODIES[key];
            return {
              key,
              label: say(`tab.${key}`),
              children: (
                <Suspense fallback={<Waiting rows={6} />}>
                  <Body />
                </Suspense>
              ),
            };
          })}
        />
      </Card>
    </Page>
  );
}
