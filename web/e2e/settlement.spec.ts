import { expect, test } from '@playwright/test';
import { list, picture, signIn } from './people.ts';

test('an upheld objection fells a notice; reckoned again it hangs anew, and everybody may read it', { tag: '@full' }, async ({ page, browser }) => {
  test.setTimeout(240_000);
  await signIn(page, 'manager');
  let found: string | undefined;
  for (const { id } of await list<{ id: string }>(page, '/classes')) {
    if ((await list<{ standing: string }>(page, `/classes/${id}/notices`)).at(-1)?.standing === 'running') found = id;
  }
  expect(found, 'a notice that hangs').toBeDefined();
  await page.goto(`/classes/${found ?? ''}?tab=settlement`);
  const newest = page.getByTestId('notice').first();
  await expect(newest).toHaveAttribute('data-standing', 'running');
  await picture(page, 'class-settlement');

  await newest.getByTestId('object').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('异议人').fill('某学员家长');
  await dialog.getByLabel('异议内容').fill('名单中一名学员的金额有误。');
  await dialog.getByRole('button', { name: '保存' }).click();
  await expect(dialog).toBeHidden();
  const objection = newest.getByTestId('objection').filter({ hasText: '某学员家长' });
  await objection.getByTestId('decide-objection').click();
  await dialog.getByText('异议成立', { exact: true }).click();
  await dialog.getByLabel('理由').fill('核实属实，重新核算。');
  await dialog.getByRole('button', { name: '处理异议' }).click();
  await expect(newest).toHaveAttribute('data-standing', 'fallen');

  await page.getByTestId('reckon').click();
  await expect(page.getByText('核算完成')).toBeVisible();
  await expect(page.getByTestId('reckoning')).toHaveAttribute('data-payable', 'true');
  const total = (await page.getByTestId('subsidy-total').textContent())?.replace(' 元', '') ?? '';
  expect(total).toMatch(/^[\d,]+\.\d{2}$/);
  await page.getByTestId('publish-notice').click();
  await page.getByRole('tooltip').getByRole('button', { name: '发布公示' }).click();
  await expect(page.getByTestId('notice').first()).toHaveAttribute('data-standing', 'running');
  const path = (await page.getByTestId('notice').first().getByRole('link', { name: '公示页面' }).getAttribute('href')) ?? '';

  const anyone = await (await browser.newContext({ viewport: { width: 1366, height: 768 } })).newPage();
  await anyone.goto(new URL('/notices', page.url()).href);
  await expect(anyone.getByTestId('public-notice').first()).toContainText(total);
  await picture(anyone, 'notices');
  await anyone.goto(new URL(path, page.url()).href);
  await expect(anyone.getByTestId('notice-total')).toHaveText(total);
  const numbers = await anyone.getByTestId('notice-lines').locator('tbody tr td:nth-child(3)').allTextContents();
  expect(numbers.length).toBeGreaterThan(0);
  for (const number of numbers) expect(number).not.toMatch(/\d{15}/);
  await picture(anyone, 'notice');
  await anyone.setViewportSize({ width: 390, height: 844 });
  await picture(anyone, 'notice-390');
  await anyone.emulateMedia({ media: 'print' });
  await expect(anyone.getByRole('banner')).toBeHidden();
  await expect(anyone.getByTestId('notice-total')).toBeVisible();
  await anyone.context().close();
});

test('a public notice that does not hang says so, without signing in', async ({ page }) => {
  await page.goto('/notices/00000000-0000-7000-8000-000000000000');
  await expect(page.getByTestId('notice')).toContainText('该公示不存在，或公示期已过');
});
