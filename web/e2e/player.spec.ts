import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { expect, test, type Locator } from '@playwright/test';
import { FIRST_RESULT_MS, list, picture, signIn } from './people.ts';

const timeOf = (video: Locator): Promise<number> => video.evaluate((element: HTMLVideoElement) => element.currentTime);

test('a recording is stepped through by keys, and an exact range of it is taken away as a sealed film', async ({ page }) => {
  test.setTimeout(FIRST_RESULT_MS);
  await signIn(page, 'supervisor');
  const cameras = await list<{ id: string; venue: { name: string } }>(page, '/cameras');
  const camera = cameras.find((one) => one.venue.name === '301教室');
  await page.goto(`/recordings?camera=${camera?.id ?? ''}`);
  const line = page.getByTestId('time-line');
  await expect(line.locator('i[class*=recorded]').first()).toBeVisible({ timeout: 120_000 });
  await line.locator('i[class*=recorded]').first().click();
  const video = page.getByTestId('segment-player');
  await expect.poll(() => timeOf(video), { timeout: 60_000 }).toBeGreaterThan(0);
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('k');
  await expect.poll(() => video.evaluate((element: HTMLVideoElement) => element.paused)).toBe(true);

  // It was paused somewhere between two pictures, and the first step leads to one.
  const before = await timeOf(video);
  await page.keyboard.press('.');
  await expect.poll(() => timeOf(video)).not.toBe(before);
  // The demo's cameras send 25 pictures a second: the next one is the next one, and the way back leads to the same.
  const first = await timeOf(video);
  await page.keyboard.press('.');
  await expect.poll(() => timeOf(video)).toBeGreaterThan(first);
  expect((await timeOf(video)) - first).toBeLessThan(0.1);
  await page.getByTestId('frame-back').click();
  await expect.poll(() => timeOf(video)).toBeLessThan(first + 0.03);
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press(']');
  await expect.poll(() => video.evaluate((element: HTMLVideoElement) => element.playbackRate)).toBe(2);
  await page.keyboard.press('?');
  await expect(page.getByTestId('key-help')).toBeVisible();
  await picture(page, 'player-keys');
  await page.keyboard.press('?');

  await page.keyboard.press('i');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('o');
  await expect(page.getByTestId('range-save')).toContainText('(0:10)');
  await picture(page, 'player-range');
  const [film] = await Promise.all([page.waitForEvent('download', { timeout: 120_000 }), page.getByTestId('range-save').click()]);
  const zip = test.info().outputPath('recording.zip');
  await film.saveAs(zip);
  const folder = test.info().outputPath('recording');
  execFileSync('python3', ['-m', 'zipfile', '-e', zip, folder]);
  const path = join(folder, 'recording.mp4');
  const seconds = Number(execFileSync('ffprobe', ['-v', 'error', '-show_entries', 'format=duration', '-of', 'csv=p=0', path], { encoding: 'utf8' }));
  // It begins at the key picture before, of which this camera sends one a second or two.
  expect(seconds).toBeGreaterThanOrEqual(9.9);
  expect(seconds).toBeLessThan(13);
  expect(execFileSync('ffmpeg', ['-v', 'error', '-i', path, '-f', 'null', '-'], { encoding: 'utf8' })).toBe('');
  const duxue = resolve('..', process.env.DUXUE_BINARY ?? 'target/debug/duxue');
  expect(execFileSync(duxue, ['verify', path, '--key', join(folder, 'duxue-public-key.pem')], { encoding: 'utf8' })).toContain('GOOD');
});
