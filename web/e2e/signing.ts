import { expect, type Page } from '@playwright/test';
import { credentials, type Role } from './people.ts';

/** Draws a signature in the open dialog, gives the password once more and signs, as a person does. */
export async function sign(page: Page, role: Role): Promise<void> {
  const dialog = page.getByRole('dialog');
  const pad = dialog.getByTestId('signature-pad');
  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox();
  expect(box).not.toBeNull();
  const { x, y, width, height } = box ?? { x: 0, y: 0, width: 0, height: 0 };
  await page.mouse.move(x + width * 0.2, y + height * 0.5);
  await page.mouse.down();
  for (let step = 1; step <= 12; step += 1) await page.mouse.move(x + width * (0.2 + step * 0.04), y + height * (0.5 + 0.3 * Math.sin(step)));
  await page.mouse.up();
  await dialog.getByLabel(/的登录密码/).fill(credentials(role).password);
  await dialog.getByRole('button', { name: '签署' }).click();
  await expect(dialog).toBeHidden();
}
