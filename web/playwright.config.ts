import { defineConfig } from '@playwright/test';
import { chromium } from './e2e/chromium.ts';

/**
 * `npm run e2e` against a running `duxue demo`: DUXUE_URL, and DUXUE_SUPERVISOR, DUXUE_AUDITOR, DUXUE_INSTITUTION as
 * user:password (the file that `duxue demo --ready FILE` writes). One worker, since the tests share one demo.
 */
export default defineConfig({
  testDir: 'e2e',
  outputDir: 'e2e/results',
  workers: 1,
  fullyParallel: false,
  retries: 0,
  forbidOnly: true,
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: [['list'], ['./e2e/reasons.ts']],
  use: { ...chromium, baseURL: process.env.DUXUE_URL, screenshot: 'only-on-failure', trace: 'retain-on-failure' },
});
