import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Words } from './say.ts';

/** Every folder with words of its own: i18n holds those of the first page and of what all pages share. */
const files = import.meta.glob<Record<string, Words>>('../**/{zh,en}.ts', { eager: true });
const areas = [...new Set(Object.keys(files).map((file) => dirname(file)))].map((folder) => ({
  area: folder.replace('../', '').replace(/^\.$/, 'i18n'),
  chinese: leaves(files[`${folder}/zh.ts`]?.zh ?? {}),
  english: leaves(files[`${folder}/en.ts`]?.en ?? {}),
}));

const sources = new Map(
  readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/^i18n|gen\.ts|\.d\.ts|(^|\/)(zh|en)\.ts$/.test(name))
    .map((name) => [name, readFileSync(join('src', name), 'utf8')]),
);

it('finds the words of the first page and of the areas', () => {
  expect(areas.map(({ area }) => area)).toEqual(expect.arrayContaining(['i18n']));
});

describe.each(areas)('the two languages of $area', ({ area, chinese, english }) => {
  it('have the same keys', () => {
    expect(chinese.size).toBeGreaterThan(0);
    expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort());
  });

  it('leave nothing empty and fill the same blanks', () => {
    for (const [key, text] of chinese) {
      const other = english.get(key) ?? '';
      expect(text.trim(), key).not.toBe('');
      expect(other.trim(), key).not.toBe('');
      expect(blanks(other), key).toEqual(blanks(text));
    }
  });

  it('are Chinese and not Chinese; only a name is the same in both', () => {
    const han = /\p{Script=Han}/u;
    expect([...chinese].filter(([key, text]) => !han.test(text) && english.get(key) !== text)).toEqual([]);
    expect([...english].filter(([, text]) => han.test(text))).toEqual([]);
  });

  it('have no key that no page reads', () => {
    const source = readersOf(area).join('\n');
    const dynamic = [...source.matchAll(/`([a-zA-Z_.]+)\.\$\{/g)].map((m) => `${m[1] ?? ''}.`);
    const unused = [...chinese.keys()].filter(
      (key) => !source.includes(`'${key}'`) && !dynamic.some((prefix) => key.startsWith(prefix)),
    );
    expect(unused).toEqual([]);
  });
});

/** Those who may read an area's words: its own folder and whoever asks for them; the words of i18n are everybody's. */
function readersOf(area: string): string[] {
  return [...sources].filter(([name, text]) => area === 'i18n' || name.startsWith(`${area}/`) || text.includes(`'~/${area}/words.ts'`)).map(([, text]) => text);
}

function leaves(tree: Words, path = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    const here = path === '' ? key : `${path}.${key}`;
    if (typeof value === 'string') found.set(here, value);
    else leaves(value, here).forEach((text, at) => found.set(at, text));
  }
  return found;
}

function blanks(text: string): string[] {
  return [...text.matchAll(/\{\{(\w+)\}\}/g)].map((m) => m[1] ?? '').sort();
}
