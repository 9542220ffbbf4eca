// @vitest-environment node
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { PARTS as ADMINISTRATION } from '../src/administration/tabs.ts';
import { PARTS as ATTENDANCE } from '../src/attendance/parts.ts';
import { PARTS as CATALOGUE } from '../src/catalogue/tabs.ts';
import { TABS } from '../src/classes/tabs.ts';
import { PAGES } from './pages.ts';
import type { World } from './world.ts';

/** Every identity reads as its own name. */
const world = new Proxy({}, { get: (_, name) => `$${String(name)}` }) as World;
const addresses = PAGES.map(({ path }) => path(world));

/** The addresses of all pages, from the router's own list. */
const routes = [...readFileSync('src/routeTree.gen.ts', 'utf8').split('interface FileRoutesByFullPath {')[1]?.split('}')[0]?.matchAll(/'([^']+)':/g) ?? []].map(([, path]) => path ?? '');

/** Whether an address leads to the route; what begins with a dollar stands for anything. */
function leads(address: string, route: string): boolean {
  const pattern = route === '/' ? '/' : route.replace(/\/$/, '').replaceAll(/\$\w+/g, '[^/?#]+');
  return new RegExp(`^${pattern}([?#].*)?$`).test(address);
}

it('the router has addresses, and each has a picture', () => {
  expect(routes.length).toBeGreaterThan(25);
  expect(routes.filter((route) => !addresses.some((address) => leads(address, route)))).toEqual([]);
});

it('each part of a page that has its own address has a picture', () => {
  const parts = [
    ...TABS.map((tab) => ['/classes/', `tab=${tab}`]),
    ...ATTENDANCE.filter((part) => part !== 'month').map((part) => ['/classes/', `part=${part}`]),
    ...CATALOGUE.map((part) => ['/catalogue', `part=${part}`]),
    ...ADMINISTRATION.filter((part) => part !== 'policy').map((part) => ['/administration', `part=${part}`]),
  ] as const;
  expect(parts.filter(([page, part]) => !addresses.some((address) => address.startsWith(page ?? '') && new RegExp(`[?&]${part ?? ''}(&|$)`).test(address)))).toEqual([]);
});

it('no two pictures have one name', () => {
  expect(new Set(PAGES.map(({ name }) => name)).size).toBe(PAGES.length);
});
