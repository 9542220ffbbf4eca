import { expect, test, type Page } from '@playwright/test';
import { choose } from './files.ts';
import { as, list, picture, signIn } from './people.ts';

interface Closeout {
  state: string;
  pass_list: string[];
}

/** Those who fail, by their place among the students. */
const FAILED = [4, 11];

/** The class whose close-out waits for the centre. */
async function waiting(page: Page): Promise<{ id: string; students: number }> {
  for (const { id } of await list<{ id: string }>(page, '/classes')) {
    const applied = (await list<Closeout>(page, `/classes/${id}/closeouts`)).find(({ state }) => state === 'applied');
    if (applied !== undefined) return { id, students: applied.pass_list.length };
  }
  throw new Error('no close-out waits');
}

/** Claims with these annexes, and with those of the claim before. */
async function claim(page: Page, annexes: readonly string[], button: string): Promise<void> {
  const before = await page.getByTestId('claimed').count();
  await page.getByRole('button', { name: button }).click();
  for (const annex of annexes) {
    await choose(page, page.getByRole('button', { name: `${annex} · 选择文件` }));
    await expect(page.getByRole('button', { name: `${annex} · 更换` })).toBeVisible();
  }
  await page.getByRole('dialog').getByRole('button', { name: '申请补贴' }).click();
  await expect(page.getByTestId('claimed')).toHaveCount(before + 1);
}

test('a class is closed out, assessed, checked by lot, claimed, reckoned and shown to everybody', { tag: '@full' }, async ({ page, browser }) => {
  test.setTimeout(300_000);
  await signIn(page, 'supervisor');
  const { id, students } = await waiting(page);
  const tab = `/classes/${id}?tab=settlement`;
  await page.goto(tab);
  await page.getByTestId('decide-closeout').click();
  await picture(page, 'closeout-decision');
  await page.getByRole('dialog').getByRole('button', { name: '审核' }).click();
  await expect(page.getByTestId('closeout')).toHaveAttribute('data-state', 'accepted');

  await page.getByTestId('assess').click();
  const dialog = page.getByRole('dialog');
  const numbers = dialog.getByPlaceholder('证书编号');
  await expect(numbers).toHaveCount(students);
  for (const seat of FAILED) {
    const result = dialog.getByLabel(/ · 结果$/).nth(seat);
    await result.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
  }
  await expect(numbers).toHaveCount(students - FAILED.length);
  // One is forgotten: it is asked for where it is missing, and nothing is recorded by halves.
  for (const field of (await numbers.all()).slice(1)) await field.fill(`演示${Math.random().toString().slice(2, 12)}`);
  await dialog.getByRole('button', { name: '保存' }).click();
  await expect(dialog.getByText('合格的须填写证书编号')).toHaveCount(1);
  await expect(numbers.first()).toBeFocused();
  await picture(page, 'assessments-refused');
  await numbers.first().fill('演示0000000001');
  await dialog.getByRole('button', { name: '保存' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByTestId('settle-assessments').getByText('不合格')).toHaveCount(FAILED.length);

  const manager = await as(browser, 'manager');
  await manager.goto(tab);
  await manager.getByTestId('draw-students').click();
  await manager.getByRole('dialog').getByRole('button', { name: '抽取学员' }).click();
  await expect(manager.getByTestId('spot-draw')).toBeVisible();
  const open = manager.getByTestId('record-spot');
  for (let left = await open.count(); left > 0; left -= 1) {
    await open.first().click();
    await manager.getByRole('dialog').getByText('与机构核实结果一致').click();
    await manager.getByRole('dialog').getByRole('button', { name: '保存' }).click();
    await expect(manager.getByRole('dialog')).toBeHidden();
    await expect(open).toHaveCount(left - 1);
  }

  // Nothing is reckoned before it is claimed, and nothing is paid before every annex is there.
  await manager.getByTestId('reckon').click();
  await expect(manager.getByTestId('settle-subsidy').getByRole('alert')).toContainText('机构尚未申请补贴');
  const institution = await as(browser, 'institution');
  await institution.goto(tab);
  await claim(institution, ['附件6 考勤情况签名汇总表', '附件7'], '申请补贴');
  await manager.getByTestId('reckon').click();
  const reckoning = manager.getByTestId('reckoning');
  await expect(reckoning).toHaveAttribute('data-payable', 'false');
  await expect(reckoning.getByText('R9.4').first()).toBeVisible();
  await picture(manager, 'reckoning-blocked');
  await claim(institution, ['附件8'], '重新申请');

  await manager.getByTestId('reckon').click();
  await expect(reckoning).toHaveAttribute('data-payable', 'true');
  await expect(reckoning).toContainText(`/ ${students} 人享受补贴`);
  await picture(manager, 'reckoning');
  const total = (await manager.getByTestId('subsidy-total').textContent())?.replace(' 元', '') ?? '';
  await manager.getByTestId('publish-notice').click();
  await manager.getByRole('tooltip').getByRole('button', { name: '发布公示' }).click();
  await expect(manager.getByTestId('notice')).toHaveAttribute('data-standing', 'running');
  const path = (await manager.getByTestId('notice').getByRole('link', { name: '公示页面' }).getAttribute('href')) ?? '';

  const anyone = await (await browser.newContext()).newPage();
  await anyone.goto(new URL(path, page.url()).href);
  await expect(anyone.getByTestId('notice-total')).toHaveText(total);
  await picture(anyone, 'notice-new');
});
