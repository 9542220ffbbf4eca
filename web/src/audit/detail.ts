const IDENTITY = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** An entry's detail on one line: what it is in words of its own, never markup. `name` says what a part is. */
export function detailText(detail: unknown, name: (key: string) => string): string {
  if (detail === null || typeof detail !== 'object') return detail == null ? '' : valueText(detail);
  return Object.entries(detail)
    .filter(([, value]) => value !== null && value !== '')
    .map(([key, value]) => `${name(key)}: ${valueText(value)}`)
    .join(' · ');
}

/** Identities by what is enough to tell them apart, measures without digits that nobody measured. */
function valueText(value: unknown): string {
  if (typeof value === 'number') return String(Math.round(value * 100) / 100);
  if (typeof value === 'string') return IDENTITY.test(value) ? value.slice(0, 8) : value;
  return JSON.stringify(value);
}
