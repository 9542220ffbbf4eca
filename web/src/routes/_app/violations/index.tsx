import { createFileRoute } from '@tanstack/react-router';
import { Page } from '~/ui/Page.tsx';
import { ConductList } from '~/violations/ConductList.tsx';
import { useViolationWords } from '~/violations/words.ts';

export const Route = createFileRoute('/_app/violations/')({ component: ViolationsPage });

function ViolationsPage() {
  const say = useViolationWords();
  return (
    <Page title={say('title')} sub={say('rule')}>
      <ConductList />
    </Page>
  );
}
