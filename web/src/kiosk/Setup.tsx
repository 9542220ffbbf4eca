import { useState, type SubmitEvent } from 'react';
import { LanguageSwitch } from '~/app/LanguageSwitch.tsx';
import { Mark } from '~/app/Mark.tsx';
import { storeToken } from './identity.ts';
import styles from './kiosk.module.css';
import { greet } from './send.ts';
import { useKioskWords } from './words.ts';

interface SetupProps {
  /** Null: there is nothing to go back to. */
  onBack: (() => void) | null;
  onToken: (token: string) => void;
}

/** Once: the token that the centre was shown when it registered the device. */
export function Setup({ onBack, onToken }: SetupProps) {
  const say = useKioskWords();
  const [trying, setTrying] = useState(false);
  const [wrong, setWrong] = useState<'setupWrong' | 'setupOffline' | 'setupNoStore' | null>(null);
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget).get('token');
    const token = typeof given === 'string' ? given.trim() : '';
    setTrying(true);
    const greeted = await greet(token);
    setTrying(false);
    if (greeted.kind !== 'ready') setWrong(greeted.kind === 'signedOut' || greeted.kind === 'refused' ? 'setupWrong' : 'setupOffline');
    else if (!storeToken(token)) setWrong('setupNoStore');
    else {
      // The browser then does not throw the waiting check-ins out when the disk is full.
      if ('storage' in navigator) void navigator.storage.persist();
      onToken(token);
    }
  };
  return (
    <main className={styles.setup}>
      <div className={styles.setupTop}>
        <LanguageSwitch />
      </div>
      <form className={styles.sheet} onSubmit={(event) => void submit(event)}>
        <Mark size={48} />
        <h1>{say('setupTitle')}</h1>
        <p>{say('setupHint')}</p>
        <label className={styles.field}>
          {say('token')}
          <input name="token" required autoComplete="off" autoCapitalize="none" spellCheck={false} aria-invalid={wrong !== null} aria-describedby="token-wrong" />
        </label>
        <p id="token-wrong" className={styles.wrong} role="alert">
          {wrong !== null && say(wrong)}
        </p>
        <button type="submit" className={styles.primary} disabled={trying}>
          {say('setupDo')}
        </button>
        {onBack !== null && (
          <button type="button" className={styles.plain} onClick={onBack}>
            {say('back')}
          </button>
        )}
      </form>
    </main>
  );
}
