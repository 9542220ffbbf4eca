import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, test } from '@playwright/test';
import { list, picture, signIn } from './people.ts';

interface Upload { id: string; state: string; evidence: { state: string } | null }
interface Likeness { id: string; state: string; upload: { id: string } }

test('alike videos are watched side by side and decided; the upload is turned down, and its sender reads why', { tag: '@full' }, async ({ page, browser, baseURL }) => {
  test.setTimeout(480_000);
  await signIn(page, 'supervisor');
  const upload = (await list<Upload>(page, '/uploads')).find((one) => one.evidence?.state === 'undecided');
  expect(upload, 'an upload that waits').toBeDefined();
  // Its trace is made and held against the others once the service runs.
  const alike = () => list<Likeness>(page, `/likenesses?upload_id=${upload?.id ?? ''}&state=open`);
  await expect.poll(async () => (await alike()).length, { message: 'a likeness that waits', timeout: 240_000 }).toBeGreaterThan(0);
  const likeness = (await alike())[0];
  await page.goto('/uploads');
  await page.getByTestId('open-likenesses').click();
  await expect(page.getByTestId('likeness-state').first()).toHaveText('待认定');
  await picture(page, 'likenesses');

  await page.goto(`/likenesses/${likeness?.id ?? ''}`);
  const at = (side: string) => page.getByTestId(`${side}-video`).evaluate((element: HTMLVideoElement) => element.currentTime);
  await page.getByTestId('play-both').click();
  await expect.poll(() => at('left'), { timeout: 60_000 }).toBeGreaterThan(2);
  await page.getByTestId('play-both').click();
  // Both begin where the alike part begins, which in the demo is the same place of either film.
  expect(Math.abs((await at('left')) - (await at('right')))).toBeLessThan(0.5);
  await picture(page, 'likeness');
  await page.getByLabel('理由').fill('学员、座位与板书完全一致');
  await page.getByTestId('likeness-same').click();
  await expect(page.getByTestId('likeness-state')).toHaveText('认定相同');

  await page.goto(`/uploads/${upload?.id ?? ''}`);
  await expect(page.getByTestId('against')).toBeVisible();
  await expect(page.getByTestId('take-upload')).toBeDisabled();
  await expect.poll(() => page.getByTestId('contact-sheet').evaluate((element: HTMLImageElement) => element.naturalWidth)).toBeGreaterThan(300);
  await picture(page, 'upload');
  await page.getByTestId('turn-down-upload').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('理由').fill('与系统录制的视频资料相同');
  await dialog.getByRole('button', { name: '保存' }).click();
  await expect(page.getByTestId('upload-evidence')).toHaveText('不采用');

  const sender = await (await browser.newContext({ baseURL })).newPage();
  for (const role of ['institution', 'institution_2', 'institution_3'] as const) {
    await sender.context().clearCookies();
    await signIn(sender, role);
    if ((await list<Upload>(sender, '/uploads')).some((one) => one.id === upload?.id)) break;
  }
  await sender.goto(`/uploads/${upload?.id ?? ''}`);
  await expect(sender.getByTestId('evidence-decision')).toContainText('与系统录制的视频资料相同');
  await expect(sender.getByTestId('turn-down-upload')).toHaveCount(0);
  await sender.context().close();
});

test('an auditor fetches the whole package of a class, and it holds against the public key alone', { tag: '@full' }, async ({ page }) => {
  test.setTimeout(480_000);
  await signIn(page, 'auditor');
  const one = (await list<{ id: string; name: string }>(page, '/classes')).find(({ name }) => name.includes('电子商务'));
  await page.goto(`/classes/${one?.id ?? ''}?tab=evidence`);
  await expect(page.getByTestId('evidence-count')).toBeVisible();
  const [packed] = await Promise.all([page.waitForEvent('download', { timeout: 120_000 }), page.getByTestId('download-package').click()]);
  const path = test.info().outputPath('package.zip');
  await packed.saveAs(path);
  await page.goto('/clips?state=sealed');
  await page.locator('[data-testid=clip-row][data-state=sealed]').first().getByRole('link').first().click();
  const [key] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '下载公钥' }).click()]);
  const pem = test.info().outputPath('key.pem');
  await key.saveAs(pem);
  const duxue = resolve('..', process.env.DUXUE_BINARY ?? 'target/debug/duxue');
  // It ends with an error unless every file is as it was packed and every seal holds.
  expect(execFileSync(duxue, ['verify', path, '--key', pem], { encoding: 'utf8' })).not.toBe('');
});
