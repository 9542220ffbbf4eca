import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { call, FIRST_RESULT_MS, list, picture, signIn, today } from './people.ts';

test.beforeEach(async ({ page }) => signIn(page, 'auditor'));

test('reads the audit log and checks its chain', async ({ page }) => {
  await page.goto('/wall');
  await expect(page.locator('[data-testid=tile]:has([data-phase=playing])').first()).toBeVisible();
  await page.goto('/audit');
  await expect(page.locator('tbody tr.ant-table-row').first()).toBeVisible();
  await page.getByTestId('check-chain').click();
  await expect(page.getByTestId('chain-report')).toHaveAttribute('data-ok', 'true');
  await picture(page, 'audit');
  await page.goto('/watches');
  await expect(page.getByText('实时 · 子码流').first()).toBeVisible();
  await picture(page, 'watches');
});

test('fetches a clip with its seal', async ({ page }) => {
  test.setTimeout(FIRST_RESULT_MS + 60_000);
  await page.goto('/clips');
  const sealed = page.locator('[data-testid=clip-row][data-state=sealed]').first();
  await expect(sealed).toBeVisible({ timeout: FIRST_RESULT_MS });
  await sealed.getByRole('link').first().click();
  const [clip] = await Promise.all([page.waitForEvent('download'), page.getByTestId('download-clip').click()]);
  const film = readFileSync(await clip.path());
  expect(film.toString('latin1', 4, 8)).toBe('ftyp');
  const [seal] = await Promise.all([page.waitForEvent('download'), page.getByTestId('download-seal').click()]);
  const envelope = JSON.parse(readFileSync(await seal.path(), 'utf8')) as { payload: string; signatures: unknown[] };
  expect(envelope.signatures.length).toBeGreaterThan(0);
  expect(envelope.payload).not.toBe('');
});

test('can change nothing', async ({ page }) => {
  await page.goto('/cameras');
  await expect(page.locator('tbody tr.ant-table-row').first()).toBeVisible();
  await expect(page.getByTestId('add-camera')).toHaveCount(0);
  await expect(page.getByRole('button', { name: '移除' })).toHaveCount(0);
  await page.goto('/classes');
  await expect(page.locator('tbody tr.ant-table-row').first()).toBeVisible();
  await expect(page.getByTestId('add-class')).toHaveCount(0);

  const [camera] = await list<{ id: string }>(page, '/cameras');
  const [one] = await list<{ id: string; institution: { id: string } }>(page, '/classes');
  const [session] = await list<{ id: string }>(page, `/classes/${one?.id ?? ''}/sessions`);
  const report = { roll: 1, present: 1, sick: 0, personal: 0, other: 0, absent: [], note: '' };
  const attempts: [string, string, unknown][] = [
    ['DELETE', `/cameras/${camera?.id ?? ''}`, undefined],
    ['PATCH', `/cameras/${camera?.id ?? ''}`, { enabled: false }],
    ['POST', '/clips', { session_id: session?.id, camera_id: camera?.id }],
    ['PUT', `/classes/${one?.id ?? ''}/reports/${today()}`, report],
    ['POST', `/classes/${one?.id ?? ''}/students`, { name: '某', sex: 'male', face_consent: false }],
    ['POST', '/venues', { institution_id: one?.institution.id, name: '某' }],
  ];
  for (const [method, path, body] of attempts) expect((await call(page, method, path, body)).status, `${method} ${path}`).toBe(403);
  for (const finding of await list<{ id: string }>(page, '/findings')) {
    expect((await call(page, 'POST', `/findings/${finding.id}/decision`, { outcome: 'dismissed', reason: '不该成功' })).status).toBe(403);
  }
});

test('reads a finding without the means to decide it', async ({ page }) => {
  test.setTimeout(FIRST_RESULT_MS);
  await expect.poll(async () => (await list(page, '/findings')).length, { timeout: FIRST_RESULT_MS, intervals: [2_000] }).toBeGreaterThan(0);
  const [finding] = await list<{ id: string }>(page, '/findings');
  await page.goto(`/findings/${finding?.id ?? ''}`);
  await expect(page.getByTestId('decision')).toBeVisible();
  await expect(page.getByTestId('confirm')).toHaveCount(0);
  await expect(page.getByTestId('dismiss')).toHaveCount(0);
});
