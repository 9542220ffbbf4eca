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
    firstPageBudget(FIRST_PAGES, 300_000),
  ],
  resolve: { alias: { '~': fileURLToPath(new URL('./src', import.meta.url)) } },
  server: {
    proxy: { '/api': { target: process.env.DUXUE_URL ?? 'http://127.0.0.1:8080', ws: true } },
  },
  build: { target: 'es2022', chunkSizeWarningLimit: 900 },
  test: { environment: 'happy-dom', include: ['src/**/*.test.{ts,tsx}', 'build/**/*.test.ts'], setupFiles: ['src/test/setup.ts'], testTimeout: 30_000 },
});
