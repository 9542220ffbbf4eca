import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { handlers, type ApiState } from '~/test/handlers.ts';
import { people } from '~/test/world.ts';
import { meQuery } from '~/api/queries.ts';
import { Providers } from '~/app/Providers.tsx';
import { startLanguage } from '~/i18n/index.ts';
import { Account } from './Account.tsx';

const state: ApiState = { user: 'manager', analysis: true };
/** Whether the second factor is on. */
let on = false;
const server = setupServer(
  http.get('*/api/v1/me', () => HttpResponse.json({ ...people.manager, must_enrol: !on })),
  http.get('*/api/v1/me/second-factor', () => HttpResponse.json({ on_since: on ? '2026-03-02T01:00:00Z' : null, recovery_codes: on ? 10 : 0, required: true })),
  http.post('*/api/v1/me/second-factor', () => HttpResponse.json({ secret: 'ABCDEFGHIJKL', uri: 'otpauth://totp/duxue' }, { status: 201 })),
  http.post<never, { code: string }>('*/api/v1/me/second-factor/confirmation', async ({ request }) => {
    on = (await request.json()).code === '123456';
    return HttpResponse.json({ recovery_codes: ['one-code', 'two-code'] });
  }),
  ...handlers(state),
);
beforeAll(() => {
  void startLanguage('zh');
  server.listen({ onUnhandledRequest: 'error' });
});
afterAll(() => {
  server.close();
});

it('leads whoever must enrol from the password to the recovery codes, and only then shows the rest', async () => {
  const client = new QueryClient();
  await client.query(meQuery);
  render(
    <QueryClientProvider client={client}>
      <Providers>
        <Account />
      </Providers>
    </QueryClientProvider>,
  );
  expect(screen.getByTestId('must-enrol')).toBeDefined();
  expect(screen.queryByTestId('change-password')).toBeNull();

  fireEvent.click(await screen.findByTestId('begin-factor'));
  fireEvent.change(await screen.findByLabelText('当前密码'), { target: { value: 'secret of the test' } });
  fireEvent.click(screen.getByRole('button', { name: '下一步' }));
  expect((await screen.findByTestId('factor-secret')).textContent).toContain('ABCD EFGH IJKL');
  fireEvent.change(screen.getByLabelText('验证器显示的 6 位数字'), { target: { value: '123456' } });
  fireEvent.click(screen.getByRole('button', { name: '确认并启用' }));

  const shown = await screen.findByTestId('once-shown');
  expect(shown.textContent).toContain('one-code\ntwo-code');
  await waitFor(() => {
    expect(screen.queryByTestId('must-enrol')).toBeNull();
  });
  expect(await screen.findByTestId('change-password')).toBeDefined();
  // The codes stay until one says that one has them.
  fireEvent.click(screen.getByRole('button', { name: '已保存，关闭' }));
  await waitFor(() => {
    expect(screen.queryByTestId('once-shown')).toBeNull();
  });
});
