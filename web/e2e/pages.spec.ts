import { expect, test } from '@playwright/test';
import { list, picture, signIn, today } from './people.ts';

const SCREENS = { 'an office screen': { width: 1366, height: 768 }, 'a telephone': { width: 390, height: 844 } };

for (const [screen, size] of Object.entries(SCREENS)) test(`every other page of a supervisor opens, and fits ${screen}`, async ({ page }) => {
  test.setTimeout(180_000);
  await signIn(page, 'supervisor');
  await page.setViewportSize(size);
  // The oldest: another story may have begun a class meanwhile.
  const one = (await list<{ id: string }>(page, '/classes')).at(-1);
  const base = `/classes/${one?.id ?? ''}`;
  const pages: [string, string, string][] = [
    ['today', '/today', 'tbody tr.ant-table-row'],
    ['classes', '/classes', 'tbody tr.ant-table-row'],
    ['class', base, '[data-testid=life]'],
    ['class-students', `${base}?tab=students`, 'tbody tr.ant-table-row'],
    ['class-sessions', `${base}?tab=sessions`, 'tbody tr.ant-table-row'],
    ['class-reports', `${base}?tab=reports`, 'tbody tr.ant-table-row'],
    ['class-evidence', `${base}?tab=evidence`, '[data-testid=evidence-day]'],
    ['class-day', `${base}/days/${today()}`, '[data-testid=session]'],
    ['cameras', '/cameras', 'tbody tr.ant-table-row'],
    ['not-found', '/nowhere', '[data-testid=notice]'],
    ['empty-day', '/today?date=2020-01-01', '.ant-empty'],
  ];
  for (const [name, path, ready] of pages) {
    await page.goto(path);
    await expect(page.locator(ready).first()).toBeVisible();
    const wider = await page.evaluate(() => Math.max(...[document.documentElement, document.querySelector('#content')].map((box) => (box === null ? 0 : box.scrollWidth - box.clientWidth))));
    expect(wider, `${name} is wider than the screen`).toBeLessThanOrEqual(0);
    await picture(page, `${name}-${size.width}`);
  }
});

test('a camera’s stored password is nowhere to be seen', async ({ page }) => {
  await signIn(page, 'supervisor');
  await page.goto('/cameras');
  await page.getByRole('button', { name: '修改摄像头' }).first().click();
  await expect(page.getByLabel('摄像头密码')).toHaveValue('');
  await expect(page.getByLabel('主码流地址')).toHaveValue('');
  const everything = JSON.stringify(await list(page, '/cameras'));
  expect(everything).not.toMatch(/rtsp:\/\/[^/"]*@/);
  await picture(page, 'camera-form');
});

test('on a telephone the navigation lies over the page and leaves when one goes', async ({ page }) => {
  await signIn(page, 'supervisor');
  await page.setViewportSize(SCREENS['a telephone']);
  await expect(page.getByRole('navigation')).toBeHidden();
  await page.getByRole('button', { name: '展开导航' }).click();
  await page.getByRole('navigation').getByRole('link', { name: '班次' }).click();
  await expect(page).toHaveURL(/\/classes$/);
  await expect(page.getByRole('navigation')).toBeHidden();
});
