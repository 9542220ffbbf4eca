import { createFileRoute } from '@tanstack/react-router';
import { useNow } from '~/app/clock.ts';
import { Draws } from '~/supervision/Draws.tsx';
import { WeekBoard } from '~/supervision/WeekBoard.tsx';
import { useSupervisionWords } from '~/supervision/words.ts';
import { dateOf } from '~/time/zone.ts';
import { Page } from '~/ui/Page.tsx';

export const Route = createFileRoute('/_app/supervision')({ component: SupervisionPage });

function SupervisionPage() {
  const say = useSupervisionWords();
  const today = dateOf(useNow());
  return (
    <Page title={say('title')} sub={today}>
      <WeekBoard today={today} />
      <Draws today={today} />
    </Page>
  );
}
