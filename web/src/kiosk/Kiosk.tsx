import { useEffect, useState } from 'react';
import { CheckIn } from './CheckIn.tsx';
import { storedToken, storeToken } from './identity.ts';
import { openOffline } from './offline.ts';
import { Setup } from './Setup.tsx';

/** The check-in device of a classroom: a tablet that shows nothing else (R7.3a). */
export function Kiosk() {
  const [token, setToken] = useState(storedToken);
  const [again, setAgain] = useState(false);
  const [offline, setOffline] = useState(false);
  useEffect(() => {
    const manifest = document.createElement('link');
    manifest.rel = 'manifest';
    manifest.href = '/kiosk.webmanifest';
    document.head.append(manifest);
    // Not being kept leaves a page that works with a network.
    openOffline().then(setOffline, () => setOffline(false));
    return () => manifest.remove();
  }, []);
  if (token === null || again) {
    return (
      <Setup
        onBack={token === null ? null : () => setAgain(false)}
        onToken={(given) => {
          setToken(given);
          setAgain(false);
        }}
      />
    );
  }
  return (
    <CheckIn
      key={token}
      token={token}
      offline={offline}
      onRenew={() => setAgain(true)}
      onLeave={() => {
        storeToken(null);
        setToken(null);
      }}
    />
  );
}
