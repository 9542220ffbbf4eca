import { expect, test, type Page } from '@playwright/test';
import { signIn, type Role } from '../e2e/people.ts';
import { PAGES, type Shot } from './pages.ts';
import { look, type World } from './world.ts';

/** How a project shows the pages; chosen in a browser by what the page keeps in its storage. */
interface Look {
  readonly scheme?: 'dark';
  readonly language?: 'en';
}

const ROLES = ['manager', 'nobody', 'supervisor', 'auditor', 'institution'] as const satisfies readonly (Role | 'nobody')[];
/** What is longer than this is a list, whose rest looks the same. */
const HIGHEST = 2_600;
/** `DUXUE_SHOTS=wall,kiosk`: those alone whose names begin so. */
const ONLY = process.env.DUXUE_SHOTS?.split(',');

let world: World | undefined;

for (const role of ROLES) {
  test(role, async ({ page, browser }, { project }) => {
    test.setTimeout(1_800_000);
    const look = project.metadata as Look;
    const wanted = PAGES.filter((one) => one.role === role && (ONLY?.some((name) => one.name.startsWith(name)) ?? true) && (one.twice === true || Object.keys(look).length === 0));
    if (wanted.length === 0) return;
    world ??= await readWorld(await browser.newPage());
    if (role !== 'nobody') await enter(page, role);
    await wear(page, look);
    const failed: string[] = [];
    for (const shot of wanted) {
      await take(shot, page, world, project.name).catch((error: unknown) => failed.push(`${shot.name}: ${String(error)}`));
    }
    // All others are there all the same.
    expect(failed).toEqual([]);
  });
}

/** Signing in is waited for by the name in the bar, for which a telephone has no room. */
async function enter(page: Page, role: Role): Promise<void> {
  await page.setViewportSize({ width: 1366, height: 768 });
  await signIn(page, role);
}

async function readWorld(page: Page): Promise<World> {
  await enter(page, 'manager');
  const seen = await look(page);
  await page.context().close();
  return seen;
}

async function wear(page: Page, { scheme, language }: Look): Promise<void> {
  await page.addInitScript((kept) => {
    try {
      for (const [name, value] of kept) localStorage.setItem(name, value);
    } catch {
      // A page without an address has no storage.
    }
  }, Object.entries({ 'duxue.scheme': scheme ?? 'light', 'duxue.language': language ?? 'zh' }));
}

/** A page of its own within the session, so that nothing of the shot before is left. */
async function take({ name, path, ready, before, act, sight }: Shot, session: Page, world: World, folder: string): Promise<void> {
  const page = await session.context().newPage();
  try {
    await wear(page, test.info().project.metadata);
    await before?.(page, world);
    await page.goto(path(world));
    await page.locator(ready ?? 'main').first().waitFor();
    await settled(page);
    await act?.(page);
    await settled(page);
    const beyond = await page.evaluate(() => {
      const boxes = [document.documentElement, ...document.querySelectorAll('.app > *, main')];
      return { wide: Math.max(...boxes.map((box) => box.scrollWidth - box.clientWidth)), high: Math.max(...boxes.map((box) => box.scrollHeight - box.clientHeight)) };
    });
    // The page scrolls within its frame, which is made as high as what it holds.
    const size = page.viewportSize();
    if (sight !== true && beyond.high > 0 && size !== null) {
      await page.setViewportSize({ ...size, height: Math.min(HIGHEST, size.height + beyond.high) });
      await settled(page);
    }
    await page.screenshot({ path: `shots/pictures/${folder}/${name}.png`, animations: 'disabled' });
    expect(beyond.wide, 'wider than the screen, in pixels').toBeLessThanOrEqual(0);
  } finally {
    await page.close();
  }
}

async function settled(page: Page): Promise<void> {
  await expect(page.locator('.ant-skeleton, .ant-spin-spinning, [data-testid=home-waiting]')).toHaveCount(0);
  await page.evaluate(() => document.fonts.ready);
}
