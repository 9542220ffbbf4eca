import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, createRootRoute, createRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { fireEvent, render, screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { handlers } from '~/test/handlers.ts';
import type { Acceptance } from '~/api/schema.d.ts';
import { Providers } from '~/app/Providers.tsx';
import { startLanguage } from '~/i18n/index.ts';
import { Invited } from './Invited.tsx';

/** What was sent to be accepted. */
const sent: Acceptance[] = [];
const server = setupServer(
  http.post<never, Acceptance>('*/api/v1/invitation/acceptance', async ({ request }) => {
    const body = await request.json();
    sent.push(body);
    return HttpResponse.json({ id: 'u', username: body.username ?? 'supervisor', display_name: '', role: 'supervisor', institution: null, disabled_at: null }, { status: 201 });
  }),
  ...handlers({ user: null, analysis: true }),
);
beforeAll(() => {
  void startLanguage('zh');
  server.listen({ onUnhandledRequest: 'error' });
});
afterAll(() => {
  server.close();
});

function show(secret: string): void {
  const root = createRootRoute();
  const routes = [createRoute({ getParentRoute: () => root, path: '/invitation', component: () => <Invited secret={secret} /> })];
  const router = createRouter({ routeTree: root.addChildren(routes), history: createMemoryHistory({ initialEntries: ['/invitation'] }) });
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <Providers>
        <RouterProvider router={router as never} />
      </Providers>
    </QueryClientProvider>,
  );
}

function fill(label: string, value: string): void {
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
}

it('lets somebody new choose a user name and a password, once both passwords agree', async () => {
  show('new');
  expect(await screen.findByText(/班主任 陈老师，您好/)).toBeDefined();
  fill('用户名', 'chen');
  fill('新密码', 'a good long one');
  fill('再次输入新密码', 'another long one');
  fireEvent.click(screen.getByTestId('accept'));
  expect(await screen.findByText('两次输入的密码不一致')).toBeDefined();
  expect(sent).toEqual([]);

  fill('再次输入新密码', 'a good long one');
  fireEvent.click(screen.getByTestId('accept'));
  expect(await screen.findByText('账号已开通，用户名为 chen。')).toBeDefined();
  expect(sent.splice(0)).toEqual([{ secret: 'new', username: 'chen', password: 'a good long one' }]);
});

it('asks whoever is there already for a password alone', async () => {
  show('reset');
  await screen.findByLabelText('新密码');
  expect(screen.queryByLabelText('用户名')).toBeNull();
  fill('新密码', 'a good long one');
  fill('再次输入新密码', 'a good long one');
  fireEvent.click(screen.getByTestId('accept'));
  expect(await screen.findByText(/supervisor 的新密码已设置/)).toBeDefined();
  expect(sent.splice(0)).toEqual([{ secret: 'reset', username: null, password: 'a good long one' }]);
});

it('says why a link is good for nothing', async () => {
  show('spent');
  expect(await screen.findByText('邀请链接无效或已使用。')).toBeDefined();
  expect(screen.queryByTestId('accept')).toBeNull();
});

it('needs a secret', async () => {
  show('');
  expect(await screen.findByText(/链接不完整/)).toBeDefined();
});
