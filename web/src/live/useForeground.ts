import { useEffect, useState } from 'react';

const LEAVE_AFTER_MS = 30_000;

/** False once the page has been hidden for half a minute; true again as soon as it is looked at. */
export function useForeground(): boolean {
  const [foreground, setForeground] = useState(true);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const changed = () => {
      clearTimeout(timer);
      if (document.hidden) {
        timer = setTimeout(() => {
          setForeground(false);
        }, LEAVE_AFTER_MS);
      } else setForeground(true);
    };
    document.addEventListener('visibilitychange', changed);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', changed);
    };
  }, []);
  return foreground;
}
