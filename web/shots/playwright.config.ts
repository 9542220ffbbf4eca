import { defineConfig, devices } from '@playwright/test';
import { chromium } from '../e2e/chromium.ts';

/** `make screenshots`: every page of a running `duxue demo --scenario full`, at two sizes, to be looked at by people. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.shots.ts',
  outputDir: 'results',
  timeout: 60_000,
  workers: 1,
  reporter: [['list']],
  expect: { timeout: 20_000 },
  projects: [
    { name: 'office', use: { ...chromium, baseURL: process.env.DUXUE_URL } },
    { name: 'phone', use: { ...chromium, ...devices['iPhone 13'], defaultBrowserType: undefined, browserName: 'chromium', baseURL: process.env.DUXUE_URL } },
  ],
});
