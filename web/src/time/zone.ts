/** Civil time of the office: Asia/Shanghai, which has had no daylight saving since 1992, so a day is always 24 hours. */

const ZONE = 'Asia/Shanghai';
const OFFSET = '+08:00';
export const DAY_MS = 86_400_000;

const civil = new Intl.DateTimeFormat('en-CA', { timeZone: ZONE, year: 'numeric', month: '2-digit', day: '2-digit' });
const clock = new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });

/** YYYY-MM-DD of an instant. */
export function dateOf(ms: number): string {
  return civil.format(ms);
}

/** HH:MM:SS of an instant. */
export function timeOf(ms: number): string {
  return clock.format(ms);
}

/** HH:MM of an instant. */
export function minuteOf(ms: number): string {
  return timeOf(ms).slice(0, 5);
}

/** YYYY-MM-DD HH:MM:SS of an instant. */
export function stampOf(ms: number): string {
  return `${dateOf(ms)} ${timeOf(ms)}`;
}

/** The instant at which a civil date begins. */
export function startOf(date: string): number {
  return Date.parse(`${date}T00:00:00${OFFSET}`);
}

export function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(startOf(text)) && dateOf(startOf(text)) === text;
}

export function shiftDate(date: string, days: number): string {
  return dateOf(startOf(date) + days * DAY_MS);
}

/** An instant's RFC 3339 text in milliseconds since the epoch. */
export function ms(instant: string): number {
  return Date.parse(instant);
}

/** The instant of a civil date and HH:MM or HH:MM:SS, in RFC 3339 UTC. */
export function instantAt(date: string, time: string): string {
  return new Date(Date.parse(`${date}T${time}${OFFSET}`)).toISOString();
}
