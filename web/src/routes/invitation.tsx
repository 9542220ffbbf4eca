import { createFileRoute, useLocation } from '@tanstack/react-router';
import { Invited } from '~/account/Invited.tsx';

export const Route = createFileRoute('/invitation')({ component: InvitationPage });

function InvitationPage() {
  const secret = useLocation({ select: (location) => location.hash });
  return <Invited key={secret} secret={secret} />;
}
