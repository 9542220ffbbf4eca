import { expect, type Browser, type Page } from '@playwright/test';
import { accessible } from './accessible.ts';

export type Role = 'supervisor' | 'manager' | 'auditor' | 'institution';
/** The full demo has three institutions. */
type Person = Role | 'institution_2' | 'institution_3';

/** Analysis and archiving of the demo need footage first: so long may the first finding or clip take. */
export const FIRST_RESULT_MS = 300_000;

export function credentials(role: Person): { username: string; password: string } {
  const variable = `DUXUE_${role.toUpperCase()}`;
  const [username, ...rest] = (process.env[variable] ?? '').split(':');
  const password = rest.join(':');
  if (username === undefined || username === '' || password === '') throw new Error(`${variable} must be user:password`);
  return { username, password };
}

/** Signs in on the page, as a person does. */
export async function signIn(page: Page, role: Person): Promise<void> {
  const { username, password } = credentials(role);
  await page.goto('/sign-in');
  await page.getByLabel('用户名').fill(username);
  await page.getByLabel('密码').fill(password);
  await page.getByRole('button', { name: '登录' }).click();
  await expect(page.getByTestId('who')).toBeVisible();
}

/** Somebody else, at a browser of their own. */
export async function as(browser: Browser, role: Person): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await signIn(page, role);
  return page;
}

/** What the page itself would get: the browser's own request, with its cookie and origin. */
export async function call(page: Page, method: string, path: string, body?: unknown): Promise<{ status: number; json: unknown }> {
  return page.evaluate(
    async (ask) => {
      const response = await fetch(`/api/v1${ask.path}`, {
        method: ask.method,
        ...(ask.body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(ask.body) }),
      });
      const text = await response.text();
      return { status: response.status, json: text === '' ? null : (JSON.parse(text) as unknown) };
    },
    { method, path, body },
  );
}

interface Listed<T> {
  items: T[];
}

export async function list<T>(page: Page, path: string): Promise<T[]> {
  const { status, json } = await call(page, 'GET', path);
  expect(status, path).toBe(200);
  return (json as Listed<T>).items;
}

/** Waits until the page has loaded what it shows, takes its picture for people to look at, and holds it against axe. */
export async function picture(page: Page, name: string): Promise<void> {
  await expect(page.locator('.ant-skeleton')).toHaveCount(0);
  await page.screenshot({ path: `e2e/screenshots/${name}.png`, animations: 'disabled' });
  await accessible(page, name);
}

/** Today in the office's zone. */
export function today(): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(new Date());
}
