/** What a key does to the player. */
export type Act =
  | { readonly do: 'toggle' | 'full' | 'help' | 'from' | 'until' }
  | { readonly do: 'skip'; readonly seconds: number }
  | { readonly do: 'frame' | 'speed' | 'mark'; readonly direction: 1 | -1 };

type Key = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>;

const KEYS: Readonly<Record<string, Act>> = {
  ' ': { do: 'toggle' },
  k: { do: 'toggle' },
  ',': { do: 'frame', direction: -1 },
  '.': { do: 'frame', direction: 1 },
  j: { do: 'skip', seconds: -10 },
  l: { do: 'skip', seconds: 10 },
  '[': { do: 'speed', direction: -1 },
  ']': { do: 'speed', direction: 1 },
  p: { do: 'mark', direction: -1 },
  n: { do: 'mark', direction: 1 },
  i: { do: 'from' },
  o: { do: 'until' },
  f: { do: 'full' },
  '?': { do: 'help' },
};

/** What a key does; null for one that is not the player's, or that belongs to browser or system. */
export function actOf({ key, shiftKey, ctrlKey, metaKey, altKey }: Key): Act | null {
  if (ctrlKey || metaKey || altKey) return null;
  if (key === 'ArrowLeft') return { do: 'skip', seconds: shiftKey ? -60 : -5 };
  if (key === 'ArrowRight') return { do: 'skip', seconds: shiftKey ? 60 : 5 };
  return KEYS[key.length === 1 ? key.toLowerCase() : key] ?? null;
}

/** Elements that use keys themselves. */
const TYPED = 'input, textarea, select, [contenteditable=true], [role=combobox], [role=tab], [role=radio], [role=menu], [role=listbox], [role=spinbutton]';
const PRESSED = 'button, a[href], [role=button]';

/** Whether a key pressed there is the player's: not while somebody writes, chooses, presses a button, or looks at a dialog above it. */
export function isOurs(target: EventTarget | null, key: string, root: Element): boolean {
  if (!(target instanceof Element)) return true;
  if (target.closest(TYPED) !== null) return false;
  if (key === ' ' && target.closest(PRESSED) !== null) return false;
  const dialog = target.closest('[role=dialog]');
  return dialog === null || dialog.contains(root);
}

export const SPEEDS = [0.25, 0.5, 1, 2, 4, 8] as const;

/** The next speed in a direction; the last one stays. */
export function otherSpeed(speed: number, direction: 1 | -1): number {
  const index = SPEEDS.findIndex((one) => one === speed);
  return SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, index + direction))] ?? 1;
}
