import type { MadeInvitation } from '~/api/schema.d.ts';
import { ms, stampOf } from '~/time/zone.ts';
import { OnceShown } from '~/ui/OnceShown.tsx';
import { useUserWords } from './words.ts';

/** The link to hand over, this once. Its secret is in the fragment, so that no server's log has it. */
export function InvitationLink({ made, onClose }: { made: MadeInvitation; onClose: () => void }) {
  const say = useUserWords();
  const { display_name, expires_at } = made.invitation;
  return (
    <OnceShown
      title={`${say('link')} · ${display_name}`}
      hint={say('linkHint', { name: display_name, at: stampOf(ms(expires_at)) })}
      lines={[`${globalThis.location.origin}/invitation#${made.secret}`]}
      kept={say('linkKept')}
      onClose={onClose}
    />
  );
}
