import { expect, test, type Page } from '@playwright/test';
import { accessible } from './accessible.ts';
import { call, list, signIn } from './people.ts';

test.describe.configure({ timeout: 180_000 });

const table = (name: string, ...lines: string[]) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(`\ufeff${lines.join('\r\n')}\r\n`) });

async function choose(page: Page, file: ReturnType<typeof table>): Promise<void> {
  await page.getByRole('dialog').locator('input[type=file]').setInputFiles(file);
  await page.getByTestId('import-go').click();
}

test('a roster is imported after a trial, and every wrong cell is named by row and column', async ({ page }) => {
  await signIn(page, 'institution');
  const one = (await list<{ id: string }>(page, '/classes')).at(-1)?.id ?? '';
  const roster = async () => (await list<{ name: string; number: string | null }>(page, `/classes/${one}/students`)).filter(({ name }) => name.startsWith('导入'));
  const before = (await roster()).length;
  const tag = crypto.randomUUID().slice(0, 6);
  await page.goto(`/classes/${one}?tab=students`);
  await page.getByTestId('import-students').click();

  const [template] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '下载空白模板' }).click()]);
  expect(template.suggestedFilename()).toMatch(/\.xlsx$/);

  await choose(page, table('花名册.csv', '姓名,性别,学号', `导入甲,不明,${tag}-1`, `,女,${tag}-1`));
  const wrong = page.getByTestId('wrong-cells').locator('tbody tr.ant-table-row');
  await expect(wrong).toHaveCount(3);
  await expect(wrong.nth(0)).toContainText(/2.*性别.*应为“男”或“女”/);
  await expect(wrong.nth(1)).toContainText(/3.*姓名.*不能为空/);
  await accessible(page, 'wrong cells');

  await choose(page, table('花名册.csv', '姓名,性别,学号,备注', `导入甲,男,${tag}-1,x`, `导入乙,女,${tag}-2,`));
  await expect(page.getByTestId('import-fine')).toContainText('共 2 行可以导入');
  await expect(page.getByTestId('import-fine')).toContainText('未读取：备注');
  expect((await roster()).length).toBe(before);
  await page.getByRole('button', { name: '导入 2 行' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page.getByText(`${tag}-2`)).toBeVisible();
  expect((await roster()).length).toBe(before + 2);
});

test('official forms can be printed where their content is', async ({ page }) => {
  await signIn(page, 'institution');
  const one = (await list<{ id: string }>(page, '/classes')).at(-1)?.id ?? '';
  await page.goto(`/classes/${one}?tab=students`);
  const links = page.getByTestId('form-links').first();
  for (const name of [/打印/, /Excel/]) {
    const href = await links.getByRole('link', { name }).getAttribute('href');
    expect((await call(page, 'HEAD', (href ?? '').replace('/api/v1', ''))).status).toBe(200);
  }
});
