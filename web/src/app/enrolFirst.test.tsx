import { QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, RouterProvider } from '@tanstack/react-router';
import { render, screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { handlers } from '~/test/handlers.ts';
import { people } from '~/test/world.ts';
import { startLanguage } from '~/i18n/index.ts';
import { Providers } from './Providers.tsx';
import { makeQueryClient } from './queryClient.ts';
import { makeRouter } from './router.ts';

let mustEnrol = true;
/** The paths that the pages asked the API for. */
const asked: string[] = [];
const server = setupServer(http.get('*/api/v1/me', () => HttpResponse.json({ ...people.manager, must_enrol: mustEnrol })), ...handlers({ user: 'manager', analysis: true }));
server.events.on('request:start', ({ request }) => {
  asked.push(new URL(request.url).pathname.replace('/api/v1', ''));
});
beforeAll(() => {
  void startLanguage('zh');
  server.listen({ onUnhandledRequest: 'error' });
});
beforeEach(() => {
  asked.length = 0;
});
afterAll(() => {
  server.close();
});

function open(path: string) {
  const client = makeQueryClient();
  const router = makeRouter(client);
  router.update({ ...router.options, history: createMemoryHistory({ initialEntries: [path] }) });
  render(
    <QueryClientProvider client={client}>
      <Providers>
        <RouterProvider router={router} />
      </Providers>
    </QueryClientProvider>,
  );
  return router;
}

it('leads whoever must enrol to their account, and asks for nothing that would be refused', async () => {
  mustEnrol = true;
  const router = open('/users');
  expect(await screen.findByTestId('must-enrol', {}, { timeout: 20_000 })).toBeDefined();
  expect(router.state.location.pathname).toBe('/account');
  await screen.findByTestId('begin-factor');
  expect([...new Set(asked)].sort()).toEqual(['/me', '/me/second-factor']);
});

it('lets everybody else go where they were going', async () => {
  mustEnrol = false;
  const router = open('/users');
  expect(await screen.findByTestId('invitations', {}, { timeout: 20_000 })).toBeDefined();
  expect(router.state.location.pathname).toBe('/users');
  await waitFor(() => {
    expect(asked).toContain('/system');
  });
});
