import { expect, test } from '@playwright/test';
import { call, list, picture, signIn, today } from './people.ts';

interface Owned {
  id: string;
  name: string;
  institution: { name: string };
}

test('sees its own and nobody else’s', async ({ page, browser }) => {
  const centre = await browser.newPage();
  await signIn(centre, 'supervisor');
  const all = await list<Owned>(centre, '/classes');
  const cameras = await list<Owned>(centre, '/cameras');
  const clips = await list<{ id: string }>(centre, '/clips');
  await centre.close();

  await signIn(page, 'institution');
  const own = await list<Owned>(page, '/classes');
  const mine = new Set(own.map((one) => one.institution.name));
  expect(mine.size).toBe(1);
  const others = all.filter((one) => !mine.has(one.institution.name));
  expect(others.length).toBeGreaterThan(0);
  for (const one of others) {
    expect((await call(page, 'GET', `/classes/${one.id}`)).status).toBe(404);
    expect((await call(page, 'GET', `/classes/${one.id}/days/${today()}`)).status).toBe(404);
  }
  for (const camera of cameras.filter((one) => !mine.has(one.institution.name))) {
    expect((await call(page, 'GET', `/cameras/${camera.id}`)).status).toBe(404);
  }
  const visible = new Set((await list<{ id: string }>(page, '/clips')).map((clip) => clip.id));
  for (const clip of clips.filter(({ id }) => !visible.has(id))) expect((await call(page, 'GET', `/clips/${clip.id}`)).status).toBe(404);
  for (const path of ['/findings', '/audit', '/users']) expect((await call(page, 'GET', path)).status, path).toBe(403);

  await page.goto(`/classes/${others[0]?.id ?? ''}`);
  await expect(page.getByText('没有找到')).toBeVisible();
  await page.goto('/today');
  await expect(page.locator('tbody tr.ant-table-row')).toHaveCount(own.length);
  await picture(page, 'today-institution');
});

test('sends a report with impossible numbers, sees why not, then a right one', async ({ page }) => {
  await signIn(page, 'institution');
  const [own] = await list<Owned>(page, '/classes');
  await page.goto(`/classes/${own?.id ?? ''}/days/${today()}`);
  await page.getByTestId('open-report').click();
  const present = page.getByLabel('实际出勤学员数');
  const men = page.getByLabel('其中男');
  await expect(present).toBeVisible();
  const [was, wereMen] = [await present.inputValue(), await men.inputValue()];
  await present.fill('999');
  await men.fill('1200');
  await page.getByTestId('send-report').click();
  await expect(page.getByTestId('report-refused')).toBeVisible();
  const wrong = page.locator('.ant-form-item-explain-error');
  await expect(wrong.filter({ hasText: '999' }).first()).toContainText('R7.3b');
  await expect(wrong.filter({ hasText: '1200' }).first()).toContainText('R7.3b');
  await picture(page, 'report-refused');

  await present.fill(was);
  await men.fill(wereMen);
  await page.getByTestId('send-report').click();
  await expect(page.getByText('日报已报送').first()).toBeVisible();
  await expect(page.getByTestId('report-card')).toContainText(/第 \d+ 次报送/);
  await expect(page.getByTestId('send-report')).toHaveCount(0);
  await picture(page, 'class-day-institution');
});
