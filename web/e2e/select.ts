import { expect, type Locator } from '@playwright/test';

/** Opens the list of a field. It answers with this field's own options: the list closed before may still be fading out. */
async function optionsOf(field: Locator): Promise<Locator> {
  await field.click();
  await expect(field).toHaveAttribute('aria-controls', /./);
  const listbox = (await field.getAttribute('aria-controls')) ?? '';
  const page = field.page();
  return page.locator('.ant-select-dropdown').filter({ has: page.locator(`[id="${listbox}"]`) }).locator('.ant-select-item-option');
}

export async function selectOption(field: Locator, text: string): Promise<void> {
  await (await optionsOf(field)).filter({ hasText: text }).click();
}

export async function selectFirst(field: Locator): Promise<void> {
  await (await optionsOf(field)).first().click();
}
