import { expect, test, type Locator } from '@playwright/test';
import { call, FIRST_RESULT_MS, list, picture, signIn } from './people.ts';

test.beforeEach(async ({ page }) => signIn(page, 'supervisor'));

const timeOf = (video: Locator): Promise<number> => video.evaluate((element: HTMLVideoElement) => element.currentTime);

/** The picture moves on by seconds, decoded and not only counted. */
async function moves(video: Locator): Promise<void> {
  await expect.poll(() => video.evaluate((element: HTMLVideoElement) => element.readyState), { timeout: 60_000 }).toBeGreaterThanOrEqual(2);
  let [last, played] = [await timeOf(video), 0];
  const progress = async (): Promise<number> => {
    const now = await timeOf(video);
    // A recording goes on in its next segment, whose time begins anew.
    played += now < last ? now : now - last;
    last = now;
    return played;
  };
  await expect.poll(progress, { timeout: 30_000 }).toBeGreaterThan(2);
  expect(await video.evaluate((element: HTMLVideoElement) => element.getVideoPlaybackQuality().totalVideoFrames)).toBeGreaterThan(10);
}

test('the wall shows several cameras moving at once, with their delay', async ({ page }) => {
  await page.goto('/wall');
  const playing = page.locator('[data-testid=tile]:has([data-phase=playing]) video');
  await expect.poll(() => playing.count(), { timeout: 60_000 }).toBeGreaterThanOrEqual(3);
  const tiles = page.getByTestId('tile');
  for (const n of [0, 1, 2]) await moves(tiles.nth(n).locator('video'));
  await expect(tiles.first().getByTestId('live-delay')).toBeVisible();
  await picture(page, 'wall');
});

test('a camera is enlarged, in the main stream', async ({ page }) => {
  await page.goto('/wall');
  await page.getByTestId('tile').first().getByRole('button', { name: '放大' }).click();
  const video = page.getByTestId('live-picture').locator('video');
  await moves(video);
  await expect.poll(() => video.evaluate((element: HTMLVideoElement) => element.videoHeight)).toBe(1080);
  await picture(page, 'wall-large');
  await page.getByRole('button', { name: '返回多画面' }).click();
  await expect(page.getByTestId('tile').first()).toBeVisible();
});

test('a finding is read and confirmed with a word why', async ({ page }) => {
  test.setTimeout(FIRST_RESULT_MS + 60_000);
  await page.goto('/findings');
  const first = page.getByTestId('finding-row').first();
  await expect(first).toBeVisible({ timeout: FIRST_RESULT_MS });
  await picture(page, 'findings');
  await first.getByRole('link').first().click();
  await expect(page.getByTestId('expected')).not.toBeEmpty();
  await expect(page.getByTestId('seen')).not.toBeEmpty();
  await expect(page.getByTestId('reasons').getByRole('listitem').first()).toBeVisible();
  await expect(page.getByTestId('policy-tag').first()).toBeVisible();

  await page.getByTestId('confirm').click();
  await expect(page.getByText('请写明理由')).toBeVisible();
  await page.getByLabel('理由').fill('已电话询问机构并查看录像，情况属实。');
  await page.getByTestId('confirm').click();
  await expect(page.getByTestId('finding-state').first()).toHaveText('已确认');
  await expect(page.getByTestId('decision')).toContainText('已电话询问机构并查看录像');
  await page.reload();
  await expect(page.getByTestId('decision')).toContainText('已电话询问机构并查看录像');
  await picture(page, 'finding-decided');
});

test('a finding about pictures shows them, with the faces', async ({ page }) => {
  test.setTimeout(FIRST_RESULT_MS + 60_000);
  const { json } = await call(page, 'GET', '/system');
  test.skip(!(json as { analysis: { on: boolean } }).analysis.on, 'this demo has no models, so that nobody is counted');
  const seen = async () => (await list<{ id: string; frames: { faces: unknown[] }[] }>(page, '/findings')).find((f) => f.frames.some((frame) => frame.faces.length > 0))?.id;
  await expect.poll(seen, { timeout: FIRST_RESULT_MS, intervals: [2_000] }).toBeDefined();
  await page.goto(`/findings/${(await seen()) ?? ''}`);
  const image = page.getByTestId('frame').locator('img');
  await expect.poll(() => image.evaluate((element: HTMLImageElement) => element.naturalWidth)).toBeGreaterThan(300);
  await expect(page.getByTestId('face-box').first()).toBeVisible();
  await picture(page, 'finding');
});

test('a finding leads to the recording of its camera at that second', async ({ page }) => {
  test.setTimeout(FIRST_RESULT_MS + 60_000);
  const { json } = await call(page, 'GET', '/system');
  test.skip(!(json as { analysis: { on: boolean } }).analysis.on, 'this demo has no models, so that nobody is counted');
  interface Shown { id: string; frames: { at: string; camera: { id: string } | null }[] }
  const seen = async () => (await list<Shown>(page, '/findings')).find((f) => f.frames[0]?.camera != null);
  await expect.poll(async () => (await seen())?.id, { timeout: FIRST_RESULT_MS, intervals: [2_000] }).toBeDefined();
  const finding = await seen();
  const at = Date.parse(finding?.frames[0]?.at ?? '');
  await page.goto(`/findings/${finding?.id ?? ''}`);
  await page.getByTestId('replay').first().click();
  await expect(page).toHaveURL(new RegExp(`/recordings\\?camera=${finding?.frames[0]?.camera?.id ?? ''}.*at=${at}`));
  // The newest seconds are still being written: the page says so, and plays them as soon as their segment is closed.
  const player = page.getByTestId('segment-player');
  await expect(player).toBeVisible({ timeout: 120_000 });
  const segment = ((await player.getAttribute('src')) ?? '').split('/').at(-2);
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(at);
  const recordings = await call(page, 'GET', `/cameras/${finding?.frames[0]?.camera?.id ?? ''}/recordings?date=${day}`);
  const parts = (recordings.json as { parts: { start: string; segment_id: string | null }[] }).parts;
  const offset = (at - Date.parse(parts.find((part) => part.segment_id === segment)?.start ?? '')) / 1000;
  await expect.poll(() => timeOf(player)).toBeGreaterThanOrEqual(offset - 0.1);
  expect(await timeOf(player)).toBeLessThan(offset + 30);
  await picture(page, 'finding-replayed');
});

test('a clip is played and verified', async ({ page }) => {
  test.setTimeout(FIRST_RESULT_MS + 60_000);
  await page.goto('/clips');
  const sealed = page.locator('[data-testid=clip-row][data-state=sealed]').first();
  await expect(sealed).toBeVisible({ timeout: FIRST_RESULT_MS });
  await picture(page, 'clips');
  await sealed.getByRole('link').first().click();
  const player = page.getByTestId('clip-player');
  await player.evaluate(async (element: HTMLVideoElement) => {
    element.muted = true;
    await element.play();
  });
  await moves(player);
  expect(await player.evaluate((element: HTMLVideoElement) => element.duration)).toBeGreaterThanOrEqual(60);
  await page.getByTestId('verify').click();
  await expect(page.getByTestId('verify-result')).toHaveAttribute('data-outcome', 'good');
  await expect(page.getByTestId('policy-tag').first()).toBeVisible();
  await picture(page, 'clip-verified');
});

test('a recording is played from the time line', async ({ page }) => {
  test.setTimeout(FIRST_RESULT_MS);
  // The camera of a room that is well: the bad one's segments end early, and there is nothing left to play.
  const cameras = await list<{ id: string; venue: { name: string } }>(page, '/cameras');
  const camera = cameras.find((one) => one.venue.name === '301教室');
  await page.goto(`/recordings?camera=${camera?.id ?? ''}`);
  const line = page.getByTestId('time-line');
  await expect(line.locator('i[class*=recorded]').first()).toBeVisible({ timeout: 120_000 });
  await line.locator('i[class*=recorded]').first().click();
  await moves(page.getByTestId('segment-player'));
  await picture(page, 'recordings');
});
