import 'antd/dist/reset.css';
import './app/global.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { makeQueryClient } from './app/queryClient.ts';
import { Providers } from './app/Providers.tsx';
import { makeRouter } from './app/router.ts';
import { startScheme } from './app/scheme.ts';
import { startLanguage } from './i18n/index.ts';

startScheme();
await startLanguage();
const queryClient = makeQueryClient();
const router = makeRouter(queryClient);

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <Providers>
        <RouterProvider router={router} />
      </Providers>
    </QueryClientProvider>
  </StrictMode>,
);
