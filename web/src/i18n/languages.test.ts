import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { en } from './en.ts';
import { zh } from './zh.ts';

interface Tree { readonly [key: string]: string | Tree }

function leaves(tree: Tree, path = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    const here = path === '' ? key : `${path}.${key}`;
    if (typeof value === 'string') found.set(here, value);
    else leaves(value, here).forEach((text, at) => found.set(at, text));
  }
  return found;
}

const chinese = leaves(zh);
const english = leaves(en);
const blanks = (text: string): string[] => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((m) => m[1] ?? '').sort();

describe('the two languages', () => {
  it('have the same keys', () => {
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

  it('are Chinese and not Chinese', () => {
    const han = /\p{Script=Han}/u;
    const names = new Set(['clips.hash', 'cameras.tcp', 'cameras.udp']);
    expect([...chinese].filter(([key, text]) => !han.test(text) && !names.has(key))).toEqual([]);
    expect([...english].filter(([, text]) => han.test(text))).toEqual([]);
  });

  it('have no key that no page reads', () => {
    const source = readAll('src').join('\n');
    const dynamic = [...source.matchAll(/`([a-zA-Z_.]+)\.\$\{/g)].map((m) => `${m[1] ?? ''}.`);
    const unused = [...chinese.keys()].filter(
      (key) => !source.includes(`'${key}'`) && !dynamic.some((prefix) => key.startsWith(prefix)),
    );
    expect(unused).toEqual([]);
  });
});

function readAll(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/i18n|gen\.ts|\.d\.ts/.test(name))
    .map((name) => readFileSync(join(folder, name), 'utf8'));
}
