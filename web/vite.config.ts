import { tanstackRouter } from '@tanstack/router-plugin/vite';
import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import type { PluginOption } from 'vite';
import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { firstPageBudget } from './build/firstPage.ts';

/** `vite --mode fixture` answers the API from fixture/ in place of a running duxue; nothing of it enters a build. */
async function fixture(mode: string): Promise<PluginOption[]> {
  if (mode !== 'fixture') return [];
  const { fixtureApi } = await import('./fixture/plugin.ts');
  return [fixtureApi()];
}

/** Signing in, the frame around every page, and where everybody begins: what the first minute loads. */
const FIRST_PAGES = ['src/routes/sign-in.tsx', 'src/routes/_app.tsx', 'src/routes/_app/index.tsx'];

export default defineConfig(async ({ mode }): Promise<ViteUserConfig> => ({
  plugins: [
    tanstackRouter({ target: 'react', autoCodeSplitting: true, routesDirectory: 'src/routes', generatedRouteTree: 'src/routeTree.gen.ts' }),
    react(),
    firstPageBudget(FIRST_PAGES, 300_000),
    ...(await fixture(mode)),
  ],
  resolve: { alias: { '~': fileURLToPath(new URL('./src', import.meta.url)) } },
  server: {
    proxy: mode === 'fixture' ? undefined : { '/api': { target: process.env.DUXUE_URL ?? 'http://127.0.0.1:8080', ws: true } },
  },
  build: { target: 'es2022', chunkSizeWarningLimit: 900 },
  test: { environment: 'happy-dom', include: ['src/**/*.test.{ts,tsx}', 'build/**/*.test.ts', 'fixture/**/*.test.ts'], setupFiles: ['src/test/setup.ts'], testTimeout: 30_000 },
}));
