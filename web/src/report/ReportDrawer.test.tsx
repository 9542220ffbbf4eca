import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { handlers } from '~/test/handlers.ts';
import { classDay, classes, DATE } from '~/test/world.ts';
import { Providers } from '~/app/Providers.tsx';
import { startLanguage } from '~/i18n/index.ts';
import { ReportDrawer } from './ReportDrawer.tsx';

const server = setupServer(...handlers({ user: 'institution', analysis: true }));
beforeAll(() => {
  void startLanguage('zh');
  server.listen({ onUnhandledRequest: 'error' });
});
// A library's complaint is said once a run and scrolls by: here it counts.
const complaints = vi.spyOn(console, 'error');
afterEach(() => {
  expect(complaints.mock.calls).toEqual([]);
});
afterAll(() => {
  server.close();
});

function show(): { onClose: () => void } {
  const onClose = vi.fn();
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Providers>
        <ReportDrawer day={classDay(classes[0]?.id ?? '', DATE, false)} onClose={onClose} />
      </Providers>
    </QueryClientProvider>,
  );
  return { onClose };
}

it('puts what the rules refuse at its field, with the rule, and takes it back', async () => {
  const { onClose } = show();
  const present = await screen.findByLabelText('实际出勤学员数');
  fireEvent.change(present, { target: { value: '99' } });
  fireEvent.click(screen.getByTestId('send-report'));
  expect(await screen.findByText('出勤人数 99 多于班级学员数 22（R7.3b）')).toBeDefined();
  expect(await screen.findByText('日报有 2 处与规则不符，未被接受')).toBeDefined();
  expect(onClose).not.toHaveBeenCalled();

  fireEvent.change(present, { target: { value: '20' } });
  fireEvent.click(screen.getByTestId('send-report'));
  await waitFor(() => {
    expect(onClose).toHaveBeenCalledOnce();
  });
});

it('asks for a number before it asks the server', async () => {
  show();
  fireEvent.change(await screen.findByLabelText('病假学员数'), { target: { value: '' } });
  fireEvent.click(screen.getByTestId('send-report'));
  expect(await screen.findByText('请填写 0 或以上的整数')).toBeDefined();
});

it('adds a name to the absent with a reason chosen, and takes it away again', async () => {
  show();
  await screen.findByLabelText('实际出勤学员数');
  const before = screen.getAllByLabelText('原因').length;
  fireEvent.click(screen.getByRole('button', { name: /添加/ }));
  const reasons = screen.getAllByLabelText('原因');
  expect(reasons).toHaveLength(before + 1);
  expect(reasons.at(-1)?.closest('.ant-select')?.textContent).toContain('病假');
  fireEvent.click(screen.getAllByRole('button', { name: '移除' }).at(-1) ?? document.body);
  expect(screen.getAllByLabelText('原因')).toHaveLength(before);
});
