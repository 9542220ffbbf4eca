import { useSyncExternalStore } from 'react';

/** The one place that reads this computer's clock. */
export function nowMs(): number {
  return Date.now();
}

function ticking(periodMs: number) {
  return (listener: () => void) => {
    const timer = setInterval(listener, periodMs);
    return () => {
      clearInterval(timer);
    };
  };
}

const STEPS = {
  second: { ms: 1_000, subscribe: ticking(1_000) },
  ten_seconds: { ms: 10_000, subscribe: ticking(10_000) },
} as const;

/** The time in whole steps, as a value that makes the component draw again when it moves on. */
export function useNow(step: keyof typeof STEPS = 'ten_seconds'): number {
  const { ms, subscribe } = STEPS[step];
  return useSyncExternalStore(subscribe, () => Math.floor(nowMs() / ms) * ms);
}
