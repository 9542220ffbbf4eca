import { expect, test, type Page } from '@playwright/test';
import { accessible } from './accessible.ts';
import { decideAndCarryOut } from './conduct.ts';
import { as, call, FIRST_RESULT_MS, list, picture, signIn, type Role } from './people.ts';
import { sign } from './signing.ts';
import { selectOption } from './select.ts';

interface Owned {
  id: string;
  name: string;
  starts_on: string;
  ends_on: string;
  institution: { id: string; name: string };
}

/** A class of the institution whose person the tests sign in as, running today. */
async function ownClass(page: Page): Promise<Owned> {
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(new Date());
  const one = (await list<Owned>(page, '/classes')).find((each) => each.starts_on <= today && today <= each.ends_on);
  if (one === undefined) throw new Error('the institution has no running class');
  return one;
}

test('everybody begins with what is due, by role', async ({ page, browser }) => {
  test.setTimeout(180_000);
  const cards: Record<Role, string[]> = {
    supervisor: ['quota', 'draw', 'findings', 'cameras', 'reports'],
    manager: ['pipeline', 'settlement', 'notices'],
    auditor: ['evidence', 'packages', 'chain'],
    institution: ['reports', 'sheets', 'statements', 'consent', 'evidence'],
  };
  await page.close();
  for (const role of ['supervisor', 'manager', 'auditor', 'institution'] as const) {
    const own = await as(browser, role);
    for (const card of cards[role]) await expect(own.getByTestId(`home-${card}`)).toBeVisible();
    await expect(own.getByTestId('home-waiting')).toHaveCount(0);
    await expect(own.locator('#content [role=alert]')).toHaveCount(0);
    await picture(own, `home-${role}`);
    await own.context().close();
  }
});

test('live watching becomes a signed record in two clicks from the wall', async ({ page }) => {
  test.setTimeout(180_000);
  await signIn(page, 'supervisor');
  await page.goto('/wall');
  const tile = page.locator('[data-testid=tile]:has([data-phase=playing]):has([data-testid=record-from-wall])').first();
  await expect(tile).toBeVisible({ timeout: 60_000 });
  await tile.getByTestId('record-from-wall').click();
  await expect(page.getByTestId('viewings')).toContainText('正在查看', { timeout: 60_000 });
  await page.getByTestId('rest-fine').click();
  await page.locator('[data-item=plan_followed]').getByText('未查看').click();
  await accessible(page, 'record of remote supervision');
  const heading = (await page.getByRole('dialog').locator('.ant-modal-title').textContent()) ?? '';
  await sign(page, 'supervisor');
  const one = (await list<Owned>(page, '/classes')).find(({ name }) => heading.startsWith(name));
  await page.goto(`/classes/${one?.id ?? ''}?tab=supervision`);
  await expect(page.getByTestId('remote-record').first()).toContainText('查看 9 项均正常');
  await expect(page.getByTestId('remote-record').first()).toContainText('内容与签署时一致');
  await picture(page, 'class-supervision');
});

test('classes are drawn from a recorded seed, and again only with a reason', async ({ page }) => {
  test.setTimeout(180_000);
  await signIn(page, 'supervisor');
  await page.goto('/supervision');
  await expect(page.getByTestId('quota').first()).toBeVisible();
  const draw = page.getByTestId('draw-classes');
  await expect(draw).toBeEnabled();
  if ((await draw.textContent()) === '今日随机抽取') {
    await draw.click();
    await page.getByRole('dialog').getByRole('button', { name: '抽取' }).click();
    await expect(page.getByRole('dialog')).toBeHidden();
  }
  await expect(draw).toHaveText('再次抽取');
  await draw.click();
  await page.getByRole('dialog').getByRole('button', { name: '抽取' }).click();
  await expect(page.getByRole('dialog').getByText('此项必填')).toBeVisible();
  await page.getByLabel('再次抽取的理由').fill('中签班次今日停课。');
  await page.getByRole('dialog').getByRole('button', { name: '抽取' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page.getByTestId('draw').first()).toContainText('再次抽取：中签班次今日停课。');
  await expect(page.getByTestId('draw').first()).toContainText('随机种子');
  await picture(page, 'supervision');
});

test('an inspection signed by all becomes a violation, and its measure is carried out', async ({ page, browser }) => {
  test.setTimeout(180_000);
  const [manager, institution] = [await as(browser, 'manager'), await as(browser, 'institution')];
  await signIn(page, 'supervisor');
  const one = await ownClass(institution);

  // The manager has the list of users, and so names the second inspector.
  await manager.goto(`/classes/${one.id}?tab=supervision`);
  await manager.getByTestId('draft-inspection').click();
  const dialog = manager.getByRole('dialog');
  const me = (await call(page, 'GET', '/me')).json as { display_name: string };
  await selectOption(dialog.getByLabel('督导检查人员'), me.display_name);
  await manager.keyboard.press('Escape');
  await manager.getByTestId('rest-fine').click();
  await manager.locator('[data-item=leave_recorded]').getByText('有问题').click();
  await manager.getByLabel('问题说明').fill('请假没有及时记录。');
  await dialog.getByRole('button', { name: '保存' }).click();
  await expect(dialog).toBeHidden();
  const sheet = (await list<{ id: string; state: string }>(manager, `/classes/${one.id}/inspections`)).findLast(({ state }) => state === 'draft');
  const path = `/inspections/${sheet?.id ?? ''}`;
  for (const [who, role] of [[manager, 'manager'], [page, 'supervisor'], [institution, 'institution']] as const) {
    await who.goto(path);
    await who.getByTestId('sign-sheet').click();
    await sign(who, role);
  }
  await expect(institution.getByTestId('sheet-state')).toHaveAttribute('data-state', 'signed');
  await picture(institution, 'inspection');

  await page.goto(`/classes/${one.id}?tab=violations`);
  await page.getByTestId('charge').click();
  await page.getByRole('dialog').getByRole('checkbox', { name: /请假没有及时记录/ }).last().check();
  await page.getByRole('dialog').getByRole('button', { name: '提出违规' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await decideAndCarryOut(page);
  await picture(page, 'class-violations');
});

test('a confirmed finding becomes a violation, and its measure is carried out', async ({ page }) => {
  test.setTimeout(FIRST_RESULT_MS + 60_000);
  await signIn(page, 'supervisor');
  interface Found { id: string; state: string; class: { id: string } }
  const undecided = async () => (await list<Found>(page, '/findings?state=open'))[0];
  await expect.poll(async () => (await undecided())?.id, { timeout: FIRST_RESULT_MS, intervals: [2_000] }).toBeDefined();
  const finding = await undecided();
  await page.goto(`/findings/${finding?.id ?? ''}`);
  await page.getByLabel('理由').fill('已调看录像并电话核实，情况属实。');
  await page.getByTestId('confirm').click();
  await expect(page.getByTestId('finding-state').first()).toHaveText('已确认');

  await page.goto(`/classes/${finding?.class.id ?? ''}?tab=violations`);
  await page.getByTestId('charge').click();
  const box = page.getByRole('dialog').locator(`input[type=checkbox][value="${finding?.id ?? ''}"]`);
  await box.check();
  await accessible(page, 'charge');
  await page.getByRole('dialog').getByRole('button', { name: '提出违规' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await decideAndCarryOut(page);
});
