import { createFileRoute } from '@tanstack/react-router';
import { useNow } from '~/app/clock.ts';
import { Home } from '~/home/Home.tsx';
import { dateOf } from '~/time/zone.ts';

export const Route = createFileRoute('/_app/')({ component: HomePage });

function HomePage() {
  const now = useNow();
  return <Home today={dateOf(now)} now={now} />;
}
