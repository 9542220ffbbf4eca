import { expect, type Page } from '@playwright/test';

/** Charges what the ground of this identity shows, on the page of its class. */
export async function charge(page: Page, classId: string, ground: string): Promise<void> {
  await page.goto(`/classes/${classId}?tab=violations`);
  await page.getByTestId('charge').click();
  const dialog = page.getByRole('dialog');
  await dialog.locator(`input[type=checkbox][value="${ground}"]`).check();
  await dialog.getByRole('button', { name: '提出违规' }).click();
  await expect(dialog).toBeHidden();
}

/** Decides the newest charge of the class shown, and takes the first step of what it brings on. */
export async function decideAndCarryOut(page: Page): Promise<void> {
  await page.getByTestId('decide-violation').first().click();
  await page.getByRole('dialog').getByText('认定违规', { exact: true }).click();
  await page.getByRole('dialog').getByLabel('理由').fill('依据充分，机构已陈述意见。');
  await page.getByRole('dialog').getByRole('button', { name: '认定' }).click();
  await expect(page.getByTestId('violation-state').first()).toHaveText('已认定');
  const due = page.getByTestId('ladder').locator('li[data-done=false]');
  const before = await due.count();
  expect(before).toBeGreaterThan(0);
  const step = due.first().getByRole('button').first();
  const suspends = (await step.textContent()) === '上报停课';
  await step.click();
  await page.getByLabel(suspends ? '上报文号或文件' : '文书编号或执行情况').fill('抚就〔2026〕1 号');
  await page.getByRole('dialog').getByRole('button', { name: '保存' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  if (suspends) await expect(due.first().getByRole('button')).toHaveText('登记停课决定');
  else await expect(due).toHaveCount(before - 1);
}
