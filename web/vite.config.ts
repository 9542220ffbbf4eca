import { tanstackRouter } from '@tanstack/router-plugin/vite';
import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { firstPageBudget } from './build/firstPage.ts';

/** Signing in, the frame around every page, and where everybody begins: what the first minute loads. */
const FIRST_PAGES = ['src/routes/sign-in.tsx', 'src/routes/_app.tsx', 'src/routes/_app/index.tsx'];

export default defineConfig({
  plugins: [
    tanstackRouter({ target: 'react', autoCodeSplitting: true, routesDirectory: 'src/routes', generatedRouteTree: 'src/routeTree.gen.ts' }),
    react(),
    firstPageBudget(FIRST_PAGES, 245_000),
  ],
  resolve: { alias: { '~': fileURLToPath(new URL('./src', import.meta.url)) } },
  server: {
    proxy: { '/api': { target: process.env.DUXUE_URL ?? 'http://127.0.0.1:8080', ws: true } },
  },
  build: {
    target: 'es2022',
    chunkSizeWarningLimit: 900,
    // What every page needs anyway is two files, not a hundred: it compresses better, and each lazy page names two files that it needs.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'libraries', tags: ['$initial'], test: /node_modules/, priority: 2 },
            { name: 'first', tags: ['$initial'], priority: 1 },
          ],
        },
      },
    },
  },
  test: { environment: 'happy-dom', include: ['src/**/*.test.{ts,tsx}', 'build/**/*.test.ts', 'shots/**/*.test.ts'], setupFiles: ['src/test/setup.ts'], testTimeout: 30_000 },
});
