import { expect, test } from '@playwright/test';
import { accessible } from './accessible.ts';
import { signIn } from './people.ts';

test.describe.configure({ timeout: 300_000 });

test('a manager changes a number of the policy, and the history says who, why and from what', async ({ page }) => {
  await signIn(page, 'manager');
  await page.goto('/administration');
  await page.getByLabel('查找参数或条款').fill('tracking_grace_days');
  await expect(page.locator('tbody tr.ant-table-row')).toHaveCount(1);
  const reason = `试点 ${crypto.randomUUID().slice(0, 6)}`;
  await page.getByTestId('change-number').click();
  const value = page.getByRole('dialog').getByLabel('现行值');
  const before = await value.inputValue();
  const after = String(Number(before) + 1);
  await value.fill(after);
  await page.getByRole('dialog').getByLabel('理由').fill(reason);
  await accessible(page, 'policy');
  await page.getByRole('button', { name: '设为现行值' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page.locator('tbody tr.ant-table-row')).toContainText(after);

  await page.getByText('变更历史').click();
  const newest = page.getByTestId('policy-version').first();
  await expect(newest).toContainText(reason);
  await expect(newest).toContainText(`就业跟踪填报期限（天） ${before} → ${after}`);
});

test('the calendar of a year can be seen, and a change of it is tried before it counts', async ({ page }) => {
  await signIn(page, 'manager');
  await page.goto('/administration?part=holidays');
  const year = page.getByTestId('year');
  await expect(year.getByRole('table')).toHaveCount(12);
  await accessible(page, 'holidays');
  // A year that nobody has published yet.
  for (let step = 0; step < 2; step += 1) await page.getByRole('button', { name: '下一年' }).click();
  await expect(page.getByText('暂定', { exact: true })).toBeVisible();
  await page.getByTestId('import-holidays').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('理由').fill('试导入');
  await dialog.getByRole('button', { name: '试导入' }).click();
  await expect(dialog.getByRole('alert').first()).toBeVisible();
  await dialog.getByRole('button', { name: '取消' }).click();
});

test('a webhook’s secret is shown once, can be changed, and the webhook goes', async ({ page }) => {
  await signIn(page, 'manager');
  await page.goto('/administration?part=webhooks');
  await page.getByTestId('add-webhook').click();
  const url = `https://hooks.example.org/${crypto.randomUUID()}`;
  await page.getByRole('dialog').getByLabel('接收地址').fill(url);
  await page.getByRole('dialog').getByRole('button', { name: '保存' }).click();
  const secret = page.getByTestId('once-shown');
  await expect(secret).toContainText('whsec_');
  const first = await secret.innerText();
  await page.getByRole('button', { name: '已抄录，关闭' }).click();
  const row = page.locator('tbody tr.ant-table-row', { hasText: url });
  await accessible(page, 'webhooks');
  await row.getByRole('button', { name: '换密钥' }).click();
  await page.getByRole('tooltip').getByRole('button', { name: '换密钥' }).click();
  await expect(secret).toContainText('whsec_');
  expect(await secret.innerText()).not.toBe(first);
  await page.getByRole('button', { name: '已抄录，关闭' }).click();
  await row.getByRole('button', { name: '移除' }).click();
  await page.getByRole('tooltip').getByRole('button', { name: '移除' }).click();
  await expect(row).toHaveCount(0);
});

test('how the system does is seen part by part', async ({ page }) => {
  await signIn(page, 'auditor');
  await page.goto('/administration?part=health');
  await expect(page.getByText('正常应答')).toHaveCount(2);
  await expect(page.locator('tbody tr.ant-table-row').first()).toBeVisible();
  await accessible(page, 'health');
});
