import { execFileSync } from 'node:child_process';
import { mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { choose } from './files.ts';
import { call, list, picture, signIn } from './people.ts';
import { selectFirst } from './select.ts';

/** Slow enough that a film of a few megabytes takes its time. */
const BYTES_A_SECOND = 60_000;

interface Upload { id: string; filename: string; bytes: number; bytes_received: number; state: string }

/** A film of somewhat more than a minute, which is what the demo's policy wants, and so large that it takes a while. */
function film(name: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'duxue-e2e-')), name);
  const picture = ['-f', 'lavfi', '-i', 'testsrc2=size=320x240:rate=10', '-t', '70'];
  execFileSync('ffmpeg', ['-v', 'error', ...picture, '-c:v', 'libx264', '-preset', 'ultrafast', '-b:v', '500k', '-minrate', '500k', '-maxrate', '500k', '-bufsize', '500k', '-pix_fmt', 'yuv420p', '-movflags', '+faststart', path]);
  return path;
}

async function slowly(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Network.enable');
  await devtools.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: BYTES_A_SECOND });
}

test('an upload is paused, survives the end of the browser, and goes on where it stopped', async ({ page, browser, baseURL }) => {
  test.setTimeout(180_000);
  const name = `课堂-${Date.now()}.mp4`;
  const path = film(name);
  const size = statSync(path).size;
  await signIn(page, 'institution');
  // The oldest: another story may have begun a class that has no lesson yet.
  const one = (await list<{ id: string }>(page, '/classes')).at(-1);
  const tab = `/classes/${one?.id ?? ''}?tab=uploads`;
  const known = async (at: Page) => (await list<Upload>(at, '/uploads')).find((upload) => upload.filename === name);

  await page.goto(tab);
  await slowly(page);
  await selectFirst(page.getByLabel('对应课时段'));
  await choose(page, page.getByText('将视频文件拖到此处'), path);
  const running = page.getByTestId('upload').filter({ hasText: name });
  await expect.poll(async () => (await known(page))?.bytes_received ?? 0, { intervals: [500] }).toBeGreaterThan(BYTES_A_SECOND);
  await running.getByTestId('pause').click();
  await expect(running).toHaveAttribute('data-phase', 'paused');
  await picture(page, 'upload-paused');
  const came = (await known(page))?.bytes_received ?? 0;
  expect(came).toBeLessThan(size);

  // The browser ends and begins again: what it has stored is all that it knows.
  const stored = await page.context().storageState();
  await page.context().close();
  const again = await (await browser.newContext({ storageState: stored, baseURL })).newPage();
  const offsets: number[] = [];
  again.on('request', (request) => {
    if (request.method() === 'PATCH') offsets.push(Number(request.headers()['upload-offset']));
  });
  await again.goto(tab);
  await expect(again.getByTestId('upload-state').first()).toHaveAttribute('data-state', 'receiving');
  await expect(again.getByTestId('upload-again')).toBeVisible();
  await picture(again, 'upload-again');
  await selectFirst(again.getByLabel('对应课时段'));
  await choose(again, again.getByText('将视频文件拖到此处'), path);
  await expect(again.getByTestId('upload').filter({ hasText: name })).toHaveAttribute('data-phase', 'done');
  expect(offsets[0]).toBeGreaterThanOrEqual(came);
  expect((await list<Upload>(again, '/uploads')).filter((upload) => upload.filename === name)).toHaveLength(1);

  await expect.poll(async () => (await known(again))?.state, { timeout: 90_000, intervals: [1_000] }).toMatch(/accepted|refused/);
  const checked = again.getByTestId('upload-state').first();
  await expect(checked).toHaveAttribute('data-state', /accepted|refused/);
  const content = await call(again, 'GET', `/uploads/${(await known(again))?.id ?? ''}`);
  expect(content.status).toBe(200);
  await picture(again, 'upload-checked');
});
