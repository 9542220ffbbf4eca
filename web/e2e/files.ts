import type { Locator, Page } from '@playwright/test';

/** A paper, as small as a PDF may be; what it says matters to nobody. */
export const PAPER = { name: '材料.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n') };

/** Chooses a file as a person does: by the button, in the browser's own dialog. */
export async function choose(page: Page, button: Locator, file: typeof PAPER | string = PAPER): Promise<void> {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), button.click()]);
  await chooser.setFiles(file);
}

/** Hands a paper in without a page for it, and gives its identity. */
export async function handIn(page: Page, institution?: string): Promise<string> {
  const whose = institution === undefined ? '' : `&institution_id=${institution}`;
  const { status, id } = await page.evaluate(
    async ({ query, text }) => {
      const response = await fetch(`/api/v1/files?name=paper.pdf${query}`, { method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body: text });
      return { status: response.status, id: ((await response.json()) as { id?: string }).id ?? '' };
    },
    { query: whose, text: PAPER.buffer.toString('latin1') },
  );
  if (status !== 201) throw new Error(`a file was answered by ${status}`);
  return id;
}
