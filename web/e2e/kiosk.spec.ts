import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { accessible } from './accessible.ts';
import { chromium } from './chromium.ts';
import { call, list, signIn } from './people.ts';

test.describe.configure({ timeout: 300_000 });

test.use({
  permissions: ['camera'],
  launchOptions: { ...chromium.launchOptions, args: [...(chromium.launchOptions?.args ?? []), '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'] },
});

interface Student {
  id: string;
  number: string | null;
}

/** A device of the classroom in which a class is taught, and somebody on its roster with a number. */
async function register(page: Page): Promise<{ token: string; device: string; number: string }> {
  await signIn(page, 'manager');
  const one = (await list<{ id: string }>(page, '/classes')).at(-1)?.id ?? '';
  // Numbers are unique in a class only: it is the classroom that tells whose is meant.
  const session = (await list<{ venue: { id: string } }>(page, `/classes/${one}/sessions`))[0];
  const students = await list<Student>(page, `/classes/${one}/students`);
  const number = students.find((student) => student.number != null)?.number ?? '';
  expect(number).not.toBe('');
  const { status, json } = await call(page, 'POST', '/devices', { venue_id: session?.venue.id, name: `平板 ${crypto.randomUUID().slice(0, 6)}` });
  expect(status).toBe(201);
  const { token, device } = json as { token: string; device: { id: string } };
  return { token, device: device.id, number };
}

/** The network between tablet and server. A demo may have no models: the tablet hears that faces can be recognised all the same. */
async function connect(context: BrowserContext): Promise<(on: boolean) => Promise<void>> {
  let connected = true;
  await context.route('**/api/v1/kiosk/day', async (route) => {
    // Fetched here, it would reach the server whatever the browser's network is.
    if (!connected) return route.abort('internetdisconnected');
    const response = await route.fetch();
    return route.fulfill(response.ok() ? { response, json: { ...((await response.json()) as object), face: true, face_off: null } } : { response });
  });
  return async (on) => {
    connected = on;
    await context.setOffline(!on);
  };
}

async function setUp(page: Page, token: string): Promise<void> {
  await page.goto('/kiosk');
  await page.getByLabel('设备令牌').fill(token);
  await page.getByRole('button', { name: '开始使用' }).click();
  await expect(page.getByTestId('line')).toHaveText('在线');
  await expect(page.getByTestId('punch')).toBeEnabled();
}

async function byNumber(page: Page, number: string): Promise<void> {
  await page.getByRole('button', { name: '用学号打卡' }).first().click();
  await page.getByRole('textbox', { name: '学号' }).fill(number);
  await page.getByRole('button', { name: '确认打卡' }).click();
}

async function answered(page: Page, text: string): Promise<void> {
  await expect(page.getByTestId('answer')).toContainText(text);
  await page.getByTestId('answer').getByRole('button').first().click();
  await expect(page.getByTestId('answer')).toHaveCount(0);
}

/** A test pattern is nobody's face: what the server would answer to one is given here while there is a network, and the pictures are counted. */
async function recognise(page: Page): Promise<string[]> {
  const pictures: string[] = [];
  await page.context().route('**/api/v1/kiosk/faces?*', async (route) => {
    if (!(await page.evaluate(() => navigator.onLine))) return route.abort('internetdisconnected');
    const url = new URL(route.request().url());
    const body = route.request().postDataBuffer();
    pictures.push(`${body?.subarray(0, 3).toString('hex') ?? ''} ${url.searchParams.get('id') ?? ''}`);
    const at = url.searchParams.get('at');
    const punch = { id: crypto.randomUUID(), student: { student_id: crypto.randomUUID(), name: '王小明' }, class: { id: crypto.randomUUID(), name: '养老护理一班' }, side: 'sign_in', at, similarity: 0.7, margin: 0.3 };
    return route.fulfill({ json: { outcome: 'recognised', punch } });
  });
  return pictures;
}

/** The server asks for the picture of whoever types a number, as it does where there are models; those that come are counted. */
async function ask(page: Page): Promise<string[]> {
  const pictures: string[] = [];
  await page.context().route('**/api/v1/kiosk/numbers', async (route) => {
    if (!(await page.evaluate(() => navigator.onLine))) return route.abort('internetdisconnected');
    const response = await route.fetch();
    return route.fulfill(response.ok() ? { response, json: { ...((await response.json()) as object), picture_wanted: true } } : { response });
  });
  await page.context().route('**/api/v1/punches/*/picture', (route) => {
    pictures.push(`${route.request().method()} ${route.request().postDataBuffer()?.subarray(0, 3).toString('hex') ?? ''}`);
    return route.fulfill({ json: { compared: true, why: null } });
  });
  return pictures;
}

test('a tablet takes check-ins by face and by number, also without a network, and sends them later', async ({ page, context, browser }) => {
  const centre = await browser.newPage();
  const { token, number } = await register(centre);

  await page.goto('/kiosk');
  await page.getByLabel('设备令牌').fill('no such token');
  await page.getByRole('button', { name: '开始使用' }).click();
  await expect(page.getByText('令牌不对')).toBeVisible();
  await accessible(page, 'kiosk setup');

  const online = await connect(context);
  const pictures = await recognise(page);
  const seen = await ask(page);
  await setUp(page, token);
  await accessible(page, 'kiosk');
  await page.getByTestId('punch').click();
  await expect(page.getByTestId('answer')).toContainText('王小明');
  await answered(page, '签到');
  expect(pictures).toHaveLength(1);
  expect(pictures[0]).toMatch(/^ffd8ff /);

  await byNumber(page, 'nobody-has-this');
  await answered(page, '没有记录');
  expect(seen).toEqual([]);
  await byNumber(page, number);
  await answered(page, '已记录');
  await expect.poll(() => seen).toEqual(['PUT ffd8ff']);

  await online(false);
  await page.getByTestId('punch').click();
  await answered(page, '已保存');
  await byNumber(page, number);
  await answered(page, '已保存');
  await expect(page.getByTestId('line')).toHaveText('没有网络 · 2 条待发送');
  await page.getByRole('button', { name: '设备设置' }).click();
  await accessible(page, 'kiosk panel');
  await page.getByRole('button', { name: '返回' }).click();

  await online(true);
  await expect(page.getByTestId('line')).toHaveText('在线', { timeout: 40_000 });
  expect(pictures).toHaveLength(2);
  expect(seen).toHaveLength(1);
  await centre.close();
});

test('the kiosk opens without a network, with what it has kept', async ({ page, context, browser }) => {
  const centre = await browser.newPage();
  const { token, device, number } = await register(centre);
  const online = await connect(context);
  await setUp(page, token);
  await page.getByRole('button', { name: '设备设置' }).click();
  await expect(page.getByText('无网络也能打开').locator('xpath=following-sibling::dd[1]')).toHaveText('是');
  await page.getByRole('button', { name: '返回' }).click();
  await online(false);
  await byNumber(page, number);
  await answered(page, '已保存');
  await page.reload();
  await expect(page.getByTestId('line')).toHaveText('没有网络 · 1 条待发送');
  await expect(page.getByTestId('punch')).toBeEnabled();

  // Withdrawn meanwhile: the check-in stays until the teacher decides.
  expect((await call(centre, 'DELETE', `/devices/${device}`)).status).toBeLessThan(300);
  await online(true);
  await expect(page.getByTestId('line')).toHaveText('设备未登记 · 1 条待发送', { timeout: 40_000 });
  await page.getByRole('button', { name: '设备设置' }).click();
  await page.getByRole('button', { name: '停用本机打卡' }).click();
  await page.getByRole('button', { name: '确认停用并删除' }).click();
  await expect(page.getByLabel('设备令牌')).toBeVisible();
  await centre.close();
});
