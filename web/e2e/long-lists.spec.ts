import { expect, test } from '@playwright/test';
import { accessible } from './accessible.ts';
import { signIn } from './people.ts';

const ROWS = 10_000;
const PAGE = 2_500;

test('ten thousand entries of the audit log are a list of which only what is in sight is drawn', async ({ page }) => {
  test.setTimeout(240_000);
  await signIn(page, 'auditor');
  // As many as years make: the server's own answer, page by page, with entries made up here.
  await page.route('**/api/v1/audit?*', (route) => route.fulfill({ json: pageOf(Number(new URL(route.request().url()).searchParams.get('before') ?? ROWS + 1)) }));
  await page.route('**/api/v1/audit', (route) => route.fulfill({ json: pageOf(ROWS + 1) }));
  await page.goto('/audit');
  const list = page.getByTestId('long-table');
  await expect(list).toHaveAttribute('data-long', 'true');
  const more = page.getByRole('button', { name: '加载更多' });
  for (let loaded = PAGE; loaded < ROWS; loaded += PAGE) {
    const came = page.waitForResponse((response) => response.url().includes(`before=${ROWS + 1 - loaded}`));
    await more.click();
    await came;
  }
  await expect(more).toHaveCount(0);
  expect(await list.locator('*').count(), 'elements of the list').toBeLessThan(1_500);

  // To the very end, by what a person has: the wheel, and the bar at the side.
  const box = await list.boundingBox();
  await page.mouse.move((box?.x ?? 0) + 300, (box?.y ?? 0) + 200);
  await page.mouse.wheel(0, 3_000);
  await expect(list.getByText(String(ROWS), { exact: true })).toHaveCount(0);
  await list.locator('.ant-table-tbody-virtual-holder').evaluate((holder) => holder.scrollTo(0, holder.scrollHeight));
  await expect(list.getByText('entry 1 of many', { exact: false })).toBeVisible();
  expect(await list.locator('*').count(), 'elements of the list at its end').toBeLessThan(1_500);
  await accessible(page, 'audit-long');
});

/** The entries before a number, as the API gives them. */
function pageOf(before: number): unknown {
  const last = Math.max(1, before - PAGE);
  const items = Array.from({ length: before - last }, (_, index) => {
    const seq = before - 1 - index;
    return {
      seq, at: new Date(1_790_000_000_000 + seq * 60_000).toISOString(), action: 'read_segment', actor: null, subject_kind: 'segment', subject_id: `00000000-0000-7000-8000-${String(seq).padStart(12, '0')}`,
      detail: { note: `entry ${seq} of many` }, hash: String(seq).padStart(64, '0'), prev_hash: String(seq - 1).padStart(64, '0'),
    };
  });
  return { items, next: last > 1 ? String(last) : null };
}
