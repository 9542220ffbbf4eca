import { expect, test, type Page } from '@playwright/test';
import { charge, decideAndCarryOut } from './conduct.ts';
import { as, FIRST_RESULT_MS, list, picture, signIn, today } from './people.ts';
import { sign } from './signing.ts';

interface Named {
  id: string;
  name: string;
  institution: { id: string; name: string };
}

interface Camera {
  current: { class_id: string } | null;
  venue: { name: string };
}

interface Found {
  id: string;
  kind: string;
  state: string;
}

/**
 * A class that the institution teaches right now in front of a camera, and its room. A finding is raised once a lesson: where another
 * story brought on the one that is waited for, it may be decided already.
 */
async function taught(centre: Page, all: readonly Named[]): Promise<{ one: Named; room: string }> {
  const own: Named[] = [];
  for (const one of all) {
    if (!(await list<Found>(centre, `/findings?class_id=${one.id}`)).some(({ kind }) => kind === 'roll_differs')) own.push(one);
  }
  const now = async () => (await list<Camera>(centre, '/cameras')).find(({ current }) => own.some(({ id }) => id === current?.class_id));
  await expect.poll(async () => (await now()) !== undefined, { timeout: 120_000 }).toBe(true);
  const camera = await now();
  const one = own.find(({ id }) => id === camera?.current?.class_id);
  if (camera === undefined || one === undefined) throw new Error('the lesson was over a moment later');
  return { one, room: camera.venue.name };
}

/** Sends the report of today again, with so many more on the roll and in the room. */
async function report(page: Page, one: Named, more: number): Promise<number> {
  await page.goto(`/classes/${one.id}/days/${today()}`);
  await page.getByTestId('open-report').click();
  let roll = 0;
  for (const label of ['班级学员数', '实际出勤学员数', '其中女']) {
    const field = page.getByLabel(label);
    await expect(field).not.toHaveValue('');
    const next = Number(await field.inputValue()) + more;
    await field.fill(String(next));
    if (label === '班级学员数') roll = next;
  }
  await page.getByTestId('send-report').click();
  await expect(page.getByTestId('send-report')).toHaveCount(0);
  await expect(page.getByTestId('report-card')).toContainText(/第 \d+ 次报送/);
  return roll;
}

test('a day of teaching: watched live and signed for, reported wrongly, found out, and dealt with', async ({ page, browser }) => {
  test.setTimeout(2 * FIRST_RESULT_MS);
  const institution = await as(browser, 'institution');
  await signIn(page, 'supervisor');
  const { one, room } = await taught(page, await list<Named>(institution, '/classes'));

  // The supervisor watches the lesson, and signs what was seen.
  const records = (await list<{ id: string }>(page, `/classes/${one.id}/remote-supervisions`)).length;
  await page.goto('/wall');
  const tile = page.locator('[data-testid=tile]:has([data-phase=playing])').filter({ hasText: room });
  await expect(tile).toBeVisible({ timeout: 120_000 });
  await tile.getByTestId('record-from-wall').click();
  await expect(page.getByTestId('viewings')).toContainText('正在查看', { timeout: 120_000 });
  await page.getByTestId('rest-fine').click();
  await sign(page, 'supervisor');
  await expect.poll(async () => (await list<{ id: string }>(page, `/classes/${one.id}/remote-supervisions`)).length).toBe(records + 1);
  await page.goto(`/classes/${one.id}?tab=supervision`);
  await expect(page.getByTestId('remote-record')).toHaveCount(records + 1);
  await expect(page.getByTestId('remote-record').first()).toContainText('内容与签署时一致');

  // The institution reports somebody whom the roster does not know: the rules take the numbers, and the cross-check tells.
  const roll = await report(institution, one, 1);
  await page.goto('/wall');
  const open = async () => (await list<Found>(page, `/findings?class_id=${one.id}&state=open`)).find(({ kind }) => kind === 'roll_differs');
  await expect.poll(async () => (await open())?.id, { timeout: FIRST_RESULT_MS, intervals: [2_000] }).toBeDefined();
  const finding = await open();
  await page.goto(`/classes/${one.id}/days/${today()}`);
  await expect(page.getByTestId('report-card')).toContainText(String(roll));
  await page.locator(`a[href="/findings/${finding?.id ?? ''}"]`).first().click();
  await expect(page.getByTestId('expected')).toContainText(`${roll - 1} 名学员`);
  await expect(page.getByTestId('seen')).toContainText(`${roll} 人`);

  // A person decides, charges, confirms, and the first measure is carried out.
  await page.getByLabel('理由').fill('与花名册核对，多报一人。');
  await page.getByTestId('confirm').click();
  await expect(page.getByTestId('finding-state').first()).toHaveText('已确认');
  await charge(page, one.id, finding?.id ?? '');
  await decideAndCarryOut(page);

  // Everybody of the centre sees the case in the list over all institutions; the institution sees what it brought on.
  await page.goto('/violations?state=confirmed');
  await expect(page.getByTestId('violation-row').filter({ hasText: one.name }).first()).toContainText(one.institution.name);
  await picture(page, 'violations');

  // Put right, the report agrees with the roster again; what was decided stays.
  await report(institution, one, -1);
  expect((await list<Found>(page, `/findings?class_id=${one.id}&state=confirmed`)).map(({ id }) => id)).toContain(finding?.id);
  await institution.context().close();
});
