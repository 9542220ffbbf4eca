import { expect, test, type Page } from '@playwright/test';
import { choose, handIn } from './files.ts';
import { as, call, list, picture, signIn, today } from './people.ts';
import { selectOption } from './select.ts';

const MINUTE = 60_000;
/** R2.2 asks for footage, two minutes under the demo's policy: a demo that has just begun has none yet. */
const FOOTAGE_MS = 6 * MINUTE;

interface Venue { id: string; name: string; institution: { id: string } }
interface Camera { id: string; enabled: boolean; venue: { id: string }; status: { state: string; since: string } }

/** What the centre keeps before anybody opens a class: the list of majors, the room's approval, the class's shell. */
async function prepare(manager: Page, institution: string, major: string): Promise<{ classId: string; venue: Venue; cameras: Camera[] }> {
  const starts = plus(today(), 1);
  const year = Number(starts.slice(0, 4));
  const kept = await call(manager, 'GET', `/approval-lists/${year}`);
  const before = kept.status === 200 ? (kept.json as { revision: number; majors: { institution: { id: string }; major: string }[] }) : { revision: 0, majors: [] };
  const majors = [...before.majors.map((one) => ({ institution_id: one.institution.id, major: one.major })), { institution_id: institution, major }];
  expect((await call(manager, 'PUT', `/approval-lists/${year}`, { revision: before.revision, majors })).status).toBe(200);

  const cameras = (await list<Camera>(manager, '/cameras')).filter((camera) => camera.enabled);
  const venue = (await list<Venue>(manager, '/venues')).find((one) => {
    const own = cameras.filter((camera) => camera.venue.id === one.id);
    return one.institution.id === institution && own.length > 0 && own.every((camera) => camera.status.state === 'live');
  });
  if (venue === undefined) throw new Error('no room of the institution has cameras that all send pictures');
  const file_id = await handIn(manager, institution);
  await call(manager, 'POST', `/venues/${venue.id}/approvals`, { approved_on: `${year - 1}-01-01`, file_id });

  const name = `${year}年${major}专业1班期`;
  const made = await call(manager, 'POST', '/classes', { institution_id: institution, name, major, starts_on: starts, ends_on: plus(starts, 100) });
  expect(made.status).toBe(201);
  return { classId: (made.json as { id: string }).id, venue, cameras: cameras.filter((camera) => camera.venue.id === venue.id) };
}

// The test may wait for footage; no single act may.
test.use({ actionTimeout: 30_000 });

test('an institution opens a class, step by step, and the centre approves it', async ({ page, browser }) => {
  test.setTimeout(FOOTAGE_MS + 3 * MINUTE);
  // A context of their own each, which axe asks for.
  const [manager, supervisor] = [await as(browser, 'manager'), await as(browser, 'supervisor')];
  await signIn(page, 'institution');
  const institution = ((await call(page, 'GET', '/me')).json as { institution: { id: string } }).institution.id;
  const { classId, venue, cameras } = await prepare(manager, institution, `花艺${Date.now() % 1_000_000}`);
  const life = page.getByTestId('life');

  await page.goto(`/classes/${classId}`);
  await page.getByTestId('act-draft').click();
  await selectOption(page.getByLabel('上课场地'), venue.name);
  await page.getByLabel('教材名称').fill('花艺设计基础');
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.getByTestId('act-self_check')).toBeVisible();

  await page.getByTestId('act-self_check').click();
  const dialog = page.getByRole('dialog');
  const pick = dialog.locator('button:visible', { hasText: '选择文件' });
  // Checking what was filled in takes a moment, in which the button is still the one before.
  const next = async (step: string) => {
    await page.getByTestId('wizard-next').click();
    await expect(page.getByTestId('wizard-next')).toHaveAttribute('data-step', step);
  };
  const picked = dialog.locator('button:visible', { hasText: '更换' });
  await page.getByTestId('wizard-next').click();
  await expect(dialog.getByText('此项必填')).toBeVisible();
  for (const following of ['2', '3', '4', null]) {
    await choose(page, pick);
    await expect(picked).toBeVisible();
    if (following !== null) await next(following);
  }
  await picture(page, 'self-check');
  await page.getByTestId('wizard-next').click();
  await expect(life).toHaveAttribute('data-stage', 'self_checked');

  await page.goto(`/classes/${classId}?tab=students`);
  await page.getByTestId('add-student').click();
  await page.getByLabel('姓名').fill('白小荷');
  await page.getByText('女', { exact: true }).click();
  await page.getByRole('button', { name: '保存' }).click();
  await page.getByTestId('open-student').click();
  await page.getByLabel('身份证号码').fill('210402200001010');
  await page.getByLabel('已核对身份证原件').check();
  for (const paper of ['身份证复印件', '学员登记表（附件2，学员签字）', '学籍证明', '未创业说明']) {
    await choose(page, page.getByRole('button', { name: `${paper} · 选择文件` }));
    await expect(page.getByRole('button', { name: `${paper} · 更换` })).toBeVisible();
  }
  await selectOption(page.getByLabel('户籍省份'), '吉林');
  await page.getByLabel('学校所在城市').fill('2104');
  await page.getByTestId('save-papers').click();
  await expect(page.locator('.ant-form-item-explain-error').filter({ hasText: 'R3.3' })).toBeVisible();
  await picture(page, 'papers-refused');
  await page.getByLabel('身份证号码').fill(idNumber());
  await page.getByTestId('save-papers').click();
  await expect(page.getByText('材料已保存').first()).toBeVisible();
  await page.getByTestId('reveal').click();
  await page.getByTestId('reveal-reason').fill('核对参保记录');
  await page.getByRole('tooltip').getByRole('button', { name: '显示完整号码' }).click();
  await expect(page.getByTestId('revealed')).toContainText('210499');
  await page.keyboard.press('Escape');

  await page.getByTestId('verify').click();
  await choose(page, pick);
  await expect(picked).toBeVisible();
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.getByText('核实结果已登记').first()).toBeVisible();
  const [student] = await list<{ id: string }>(page, `/classes/${classId}/students`);
  const found = { student_id: student?.id, found: false, file_id: await handIn(page) };
  const query = { phase: 'before', on: today() };
  expect((await call(page, 'POST', `/classes/${classId}/verifications`, { ...query, matter: 'other', students: [found] })).status).toBe(201);
  expect((await call(supervisor, 'POST', `/classes/${classId}/verifications`, { ...query, matter: 'employment', students: [{ ...found, file_id: null }] })).status).toBe(201);

  await supervisor.goto(`/classes/${classId}`);
  await supervisor.getByTestId('act-filing').click();
  await supervisor.getByTestId('all-in-order').click();
  await picture(supervisor, 'filing');
  await supervisor.getByRole('dialog').getByRole('button', { name: '录入现场审核结果' }).click();
  await expect(supervisor.getByTestId('life')).toHaveAttribute('data-stage', 'filed');

  const measured = await footage(page, cameras);
  await page.goto(`/classes/${classId}`);
  await page.getByTestId('act-application').click();
  await page.getByLabel('省平台班次编号').fill('LN-2026-0001');
  for (const who of ['联络员', '班主任']) await selectOption(page.getByLabel(who), '本人');
  await next('2');
  const range = dialog.locator('.ant-picker-range input');
  await range.nth(0).click();
  await range.nth(0).fill(measured[0]);
  await range.nth(0).press('Enter');
  await range.nth(1).fill(measured[1]);
  await range.nth(1).press('Enter');
  await page.getByLabel('教室内学员人数').fill('1');
  await page.getByLabel('摄像头识别到的学员人数').fill('2');
  await expect(dialog.locator('summary')).toHaveCount(cameras.length);
  for (const summary of await dialog.locator('summary').all()) await summary.click();
  for (const [label, value] of [['平均亮度', '118'], ['清晰度', '240'], ['黑屏比例', '0'], ['静止比例', '0'], ['可识别人脸比例', '0.95'], ['瞳距', '31']] as const) {
    for (const field of await dialog.getByLabel(label).all()) await field.fill(value);
  }
  await next('3');
  await page.getByTestId('wizard-next').click();
  await expect(dialog.getByText('拍到的学员不得多于在场的学员。').first()).toBeVisible();
  await picture(page, 'application-refused');
  await page.getByLabel('摄像头识别到的学员人数').fill('1');
  await next('3');
  await page.getByTestId('wizard-next').click();
  await expect(life).toHaveAttribute('data-stage', 'applied');

  await supervisor.reload();
  await supervisor.getByTestId('act-approval').click();
  await expect(supervisor.getByRole('dialog').getByText('在场 1 人，识别到 1 人')).toBeVisible();
  await picture(supervisor, 'approval');
  await supervisor.getByRole('button', { name: '保存' }).click();
  await expect(supervisor.getByTestId('life')).toHaveAttribute('data-stage', 'approved');
  await page.reload();
  await expect(page.getByTestId('act-start')).toBeVisible();
  await picture(page, 'class-approved');
});

/** Minutes that every camera of the room has whole, as soon as there are any, as a person types them. */
async function footage(page: Page, cameras: readonly Camera[]): Promise<[string, string]> {
  const found = { from: 0, until: 0 };
  const look = async () => {
    const spans: [number, number][] = [];
    for (const camera of cameras) {
      const { json } = await call(page, 'GET', `/cameras/${camera.id}`);
      const { state, since } = (json as Camera).status;
      if (state === 'live') spans.push([Date.parse(since), Date.now() - 2 * MINUTE]);
    }
    if (spans.length < cameras.length) return 0;
    found.from = Math.ceil(Math.max(...spans.map(([from]) => from)) / MINUTE) * MINUTE;
    found.until = Math.floor(Math.min(...spans.map(([, until]) => until)) / MINUTE) * MINUTE;
    return found.until - found.from;
  };
  await expect.poll(look, { timeout: FOOTAGE_MS, intervals: [5_000] }).toBeGreaterThanOrEqual(2 * MINUTE);
  const typed = (ms: number) => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' }).format(ms);
  return [typed(Math.max(found.from, found.until - 4 * MINUTE)), typed(found.until)];
}

/** A number that passes every check and can be nobody's: no county has the code 210499 (GB/T 2260, GB 11643). */
function idNumber(): string {
  const body = `21049920000101${String(Math.floor(Math.random() * 45) * 20 + 102).padStart(3, '0')}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = Array.from(body).reduce((total, digit, place) => total + Number(digit) * (weights[place] ?? 0), 0);
  return `${body}${'10X98765432'[sum % 11] ?? ''}`;
}

function plus(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
