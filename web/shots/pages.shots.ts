import { expect, test, type Page } from '@playwright/test';
import { list, signIn } from '../e2e/people.ts';
import type { Role } from '../e2e/people.ts';
import { PAGES, type World } from './pages.ts';

interface Named {
  id: string;
  name: string;
  institution: { id: string };
}

/** What the addresses of the pages name: a class of each kind, and the newest of everything else. */
async function look(page: Page): Promise<World> {
  const classes = await list<Named>(page, '/classes');
  const of = (major: string): Named => {
    const found = classes.find((one) => one.name.includes(major));
    if (found === undefined) throw new Error(`the full demo has no class of ${major}`);
    return found;
  };
  const [findings, clips, notices] = await Promise.all([
    list<{ id: string; session: { class_id?: string } }>(page, `/findings?class_id=${of('健康照护').id}`),
    list<{ id: string; state: string }>(page, '/clips'),
    list<{ id: string }>(page, '/notices'),
  ]);
  return {
    draft: of('宠物健康护理').id,
    filed: of('物联网').id,
    model: of('人工智能').id,
    fraud: of('健康照护').id,
    risk: of('新媒体').id,
    closing: of('养老护理').id,
    paid: of('电子商务').id,
    institution: of('新媒体').institution.id,
    finding: findings[0]?.id ?? '',
    clip: clips.find((clip) => clip.state === 'sealed')?.id ?? '',
    notice: notices[0]?.id ?? '',
  };
}

let world: World;

for (const role of ['manager', 'supervisor', 'auditor', 'institution'] as const satisfies readonly Role[]) {
  test(role, async ({ page }, { project }) => {
    test.setTimeout(600_000);
    await signIn(page, role);
    if (role === 'manager') world = await look(page);
    for (const { name, path, ready } of PAGES.filter((one) => one.role === role)) {
      await page.goto(path(world));
      await page.locator(ready ?? 'main').first().waitFor();
      await expect(page.locator('.ant-skeleton, .ant-spin-spinning')).toHaveCount(0);
      await page.screenshot({ path: `shots/pictures/${project.name}/${name}.png`, animations: 'disabled', fullPage: true });
    }
  });
}
