import { createFileRoute } from '@tanstack/react-router';
import * as v from 'valibot';
import { SignIn } from '~/app/SignIn.tsx';

export const Route = createFileRoute('/sign-in')({
  validateSearch: v.object({ to: v.optional(v.fallback(v.string(), '/')) }),
  component: SignInPage,
});

function SignInPage() {
  return <SignIn to={Route.useSearch().to ?? '/'} />;
}
