import { expect, test } from '@playwright/test';
import { list, picture, signIn, today } from './people.ts';

test('every other page of a supervisor opens, and fits an office screen', async ({ page }) => {
  await signIn(page, 'supervisor');
  const [one] = await list<{ id: string }>(page, '/classes');
  const base = `/classes/${one?.id ?? ''}`;
  const pages: [string, string, string][] = [
    ['today', '/today', 'tbody tr.ant-table-row'],
    ['classes', '/classes', 'tbody tr.ant-table-row'],
    ['class', base, 'tbody tr.ant-table-row'],
    ['class-sessions', `${base}?tab=sessions`, 'tbody tr.ant-table-row'],
    ['class-reports', `${base}?tab=reports`, 'tbody tr.ant-table-row'],
    ['class-day', `${base}/days/${today()}`, '[data-testid=session]'],
    ['cameras', '/cameras', 'tbody tr.ant-table-row'],
    ['not-found', '/nowhere', '[data-testid=notice]'],
    ['empty-day', '/today?date=2020-01-01', '.ant-empty'],
  ];
  for (const [name, path, ready] of pages) {
    await page.goto(path);
    await expect(page.locator(ready).first()).toBeVisible();
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(wider, `${name} is wider than the screen`).toBeLessThanOrEqual(0);
    await picture(page, name);
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
