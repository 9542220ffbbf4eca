import { readFileSync } from 'node:fs';
import { beforeEach, expect, it, vi } from 'vitest';
import { setScheme, startScheme } from './scheme.ts';
import { PALETTES } from './theme.ts';

const shown = () => document.documentElement.dataset.scheme;

/** The computer's own wish, which a test may change. */
function system(dark: boolean): { change: (dark: boolean) => void } {
  let tell = (): void => undefined;
  const query = { matches: dark, addEventListener: (_: string, listener: () => void) => (tell = listener) };
  vi.stubGlobal('matchMedia', () => query);
  return {
    change: (next) => {
      query.matches = next;
      tell();
    },
  };
}

beforeEach(() => {
  localStorage.clear();
});

it('follows the system, also when it changes its mind', () => {
  const computer = system(true);
  startScheme();
  expect(shown()).toBe('dark');
  computer.change(false);
  expect(shown()).toBe('light');
});

it('keeps what a person chose, against the system and over a reload', () => {
  const computer = system(true);
  startScheme();
  setScheme('light');
  expect(shown()).toBe('light');
  computer.change(true);
  expect(shown()).toBe('light');
  startScheme();
  expect(shown()).toBe('light');
});

it('follows the system again once the choice agrees with it', () => {
  const computer = system(true);
  startScheme();
  setScheme('light');
  setScheme('dark');
  computer.change(false);
  expect(shown()).toBe('light');
});

it('paints charts and components in the colours of the style sheet', () => {
  const css = readFileSync('src/app/global.css', 'utf8');
  for (const [name, light] of Object.entries(PALETTES.light)) {
    const kebab = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    expect(css).toContain(`--${kebab}: light-dark(${light}, ${PALETTES.dark[name as keyof typeof PALETTES.dark]});`);
  }
});
