import { defineConfig, devices } from '@playwright/test';
import { chromium } from '../e2e/chromium.ts';

const screen = { ...chromium, actionTimeout: 30_000, navigationTimeout: 60_000, baseURL: process.env.DUXUE_URL };
const phone = { ...screen, ...devices['iPhone 13'], deviceScaleFactor: 2, defaultBrowserType: undefined, browserName: 'chromium' as const };

/** `make screenshots`: every page of a running `duxue demo --scenario full`, at two sizes, some in the dark and in English, to be looked at by people. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.shots.ts',
  outputDir: 'results',
  timeout: 60_000,
  workers: 1,
  reporter: [['list']],
  expect: { timeout: 30_000 },
  projects: [
    { name: 'office', use: screen },
    { name: 'phone', use: phone },
    { name: 'dark', use: screen, metadata: { scheme: 'dark' } },
    { name: 'dark-phone', use: phone, metadata: { scheme: 'dark' } },
    { name: 'english', use: screen, metadata: { language: 'en' } },
  ],
});
