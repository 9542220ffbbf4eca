import { expect, type Page } from '@playwright/test';

/** What is done on a page before its picture: something is opened, shown or begun. Handles, never words: the pictures are taken in both languages. */
export type Act = (page: Page) => Promise<void>;

/** Presses what opens a dialog, and waits until it stands. */
export const opens = (handle: string): Act => async (page) => {
  await page.getByTestId(handle).first().click();
  await dialogStands(page);
};

/** Presses, and waits for something. */
export const shows = (handle: string, ready: string): Act => async (page) => {
  await page.getByTestId(handle).first().click();
  await page.locator(ready).first().waitFor();
};

export const scrollsTo = (what: string): Act => async (page) => {
  await page.locator(what).first().scrollIntoViewIfNeeded();
};

/** Live pictures that have come: some cameras of the full demo are out of order, so that not all do. */
export const plays = (least: number): Act => async (page) => {
  await expect.poll(() => page.locator('[data-phase=playing]').count(), { timeout: 90_000 }).toBeGreaterThanOrEqual(least);
};

/** Starts a recording where the time line has the most of it. */
export const startsFilm: Act = async (page) => {
  const recorded = page.getByTestId('time-line').locator('i[class*=recorded]');
  await recorded.last().click();
  const video = page.getByTestId('segment-player');
  await expect.poll(() => video.evaluate((element: HTMLVideoElement) => element.readyState), { timeout: 60_000 }).toBeGreaterThanOrEqual(2);
};

/** An upload of a table with something wrong in each row. */
export const importsWrongTable: Act = async (page) => {
  await opens('import-students')(page);
  const rows = ['姓名,性别,学号', '甲,不明,1', ',女,1'];
  await page.getByRole('dialog').locator('input[type=file]').setInputFiles({ name: '花名册.csv', mimeType: 'text/csv', buffer: Buffer.from(`\ufeff${rows.join('\r\n')}\r\n`) });
  await page.getByTestId('import-go').click();
  await page.getByTestId('wrong-cells').locator('tbody tr.ant-table-row').first().waitFor();
};

/** The frames of a wall of sixteen: a demo has six rooms, each is shown under names that differ only in capital letters. */
export async function sixteenCameras(page: Page): Promise<void> {
  await page.route('**/api/v1/cameras', async (route) => {
    const answer = await route.fetch();
    const body = (await answer.json()) as { items: { id: string }[] };
    const items = Array.from({ length: 16 }, (_, index) => {
      const one = body.items[index % body.items.length];
      if (one === undefined) throw new Error('the demo has no cameras');
      return { ...one, id: spelt(one.id, Math.floor(index / body.items.length)) };
    });
    await route.fulfill({ json: { ...body, items } });
  });
}

/** Other text, the same camera to the server. */
function spelt(id: string, way: number): string {
  const half = Math.floor(id.length / 2);
  return [id, id.toUpperCase(), id.slice(0, half).toUpperCase() + id.slice(half), id.slice(0, half) + id.slice(half).toUpperCase()][way] ?? id;
}

async function dialogStands(page: Page): Promise<void> {
  const stands = page.locator('.ant-modal, .ant-drawer-content-wrapper').last();
  await stands.waitFor();
  await expect(page.locator('.ant-zoom-appear, .ant-zoom-enter, .ant-slide-enter')).toHaveCount(0);
}
