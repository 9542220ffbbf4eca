import { expect, test } from '@playwright/test';
import { picture, signIn, type Role } from './people.ts';

const STARTS: Record<Role, { path: RegExp; nav: string[] }> = {
  supervisor: { path: /\/$/, nav: ['首页', '实时监控', '今日课堂', '班次', '监管', '疑点', '违规处理', '录像', '视频资料', '视频上传', '摄像头', '目录与设备', '观看记录', '审计日志', '系统管理'] },
  manager: { path: /\/$/, nav: ['首页', '实时监控', '今日课堂', '班次', '监管', '疑点', '违规处理', '录像', '视频资料', '视频上传', '摄像头', '目录与设备', '观看记录', '审计日志', '系统管理', '用户'] },
  auditor: { path: /\/$/, nav: ['首页', '实时监控', '今日课堂', '班次', '监管', '疑点', '违规处理', '录像', '视频资料', '视频上传', '摄像头', '目录与设备', '观看记录', '审计日志', '系统管理'] },
  institution: { path: /\/$/, nav: ['首页', '今日课堂', '班次', '视频资料', '视频上传', '摄像头', '目录与设备'] },
};

for (const role of ['supervisor', 'manager', 'auditor', 'institution'] as const) {
  test(`${role} signs in, sees what is theirs, and signs out`, async ({ page }) => {
    await signIn(page, role);
    await expect(page).toHaveURL(STARTS[role].path);
    await expect(page.getByRole('navigation').getByRole('link')).toHaveText(STARTS[role].nav);
    await page.getByRole('button', { name: '退出登录' }).click();
    // Leaving the page before that would break the request off.
    await expect(page).toHaveURL(/\/sign-in/);
    await page.goto('/today');
    await expect(page).toHaveURL(/\/sign-in/);
  });
}

test('a wrong password is refused with a sentence', async ({ page }) => {
  await page.goto('/sign-in');
  await page.getByLabel('用户名').fill('nobody-of-that-name');
  await page.getByLabel('密码').fill('not the password');
  await page.getByRole('button', { name: '登录' }).click();
  await expect(page.getByRole('alert')).toContainText('用户名或密码');
  await picture(page, 'sign-in');
});

test('a page asked for before signing in is the one shown after', async ({ page }) => {
  await page.goto('/clips');
  await expect(page).toHaveURL(/\/sign-in\?to=/);
  const [username = '', password = ''] = (process.env.DUXUE_AUDITOR ?? '').split(/:(.*)/s);
  await page.getByLabel('用户名').fill(username);
  await page.getByLabel('密码').fill(password);
  await page.getByRole('button', { name: '登录' }).click();
  await expect(page).toHaveURL(/\/clips$/);
});

test('the language is switched and stays', async ({ page }) => {
  await signIn(page, 'supervisor');
  await page.getByTestId('language').click();
  await expect(page.getByRole('navigation').getByRole('link').first()).toHaveText('Home');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await page.goto('/today');
  await expect(page.getByRole('heading', { name: 'Today’s classes' })).toBeVisible();
  await picture(page, 'today-en');
  await page.getByTestId('language').click();
  await expect(page.getByRole('heading', { name: '今日课堂' })).toBeVisible();
});

test('the scheme follows the system until a person switches it', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await signIn(page, 'supervisor');
  await page.goto('/today');
  await expect(page.locator('html')).toHaveAttribute('data-scheme', 'dark');
  await picture(page, 'today-dark');
  await page.getByTestId('scheme').click();
  await expect(page.locator('html')).toHaveAttribute('data-scheme', 'light');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-scheme', 'light');
});
