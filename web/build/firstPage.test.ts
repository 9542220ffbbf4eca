import { describe, expect, it } from 'vitest';
import { firstPage, type BuiltFile } from './firstPage.ts';

const file = (name: string, over: Partial<BuiltFile> = {}): BuiltFile => ({ name, content: '', needs: [], modules: [], entry: false, ...over });

const built = [
  file('index.js', { entry: true, needs: ['react.js', 'index.css'] }),
  file('index.css', { content: 'a{}' }),
  file('react.js', { content: 'r'.repeat(5_000) }),
  file('wall.js', { modules: ['/home/src/live/Wall.tsx', '/home/src/routes/_app/wall.tsx?tsr-split=component'], needs: ['live.js', 'react.js'] }),
  file('wall-error.js', { modules: ['/home/src/routes/_app/wall.tsx?tsr-split=errorComponent'] }),
  file('live.js', { needs: ['wall.js'] }),
  file('day.js', { modules: ['/home/src/routes/_app/day.tsx?tsr-split=component'], needs: ['charts.js'] }),
  file('charts.js', { content: 'c'.repeat(9_000) }),
];

describe('the first page', () => {
  it('loads the entry, all parts of its routes and what they need, each once, and nothing else', () => {
    const names = firstPage(built, ['src/routes/_app/wall.tsx']).map((one) => one.name);
    expect(names.toSorted()).toEqual(['index.css', 'index.js', 'live.js', 'react.js', 'wall-error.js', 'wall.js']);
  });

  it('weighs what is sent, not what is written', () => {
    const react = firstPage(built, []).find((one) => one.name === 'react.js');
    expect(react?.bytes).toBeGreaterThan(20);
    expect(react?.bytes).toBeLessThan(100);
  });

  it('does not pass when a route has moved away or a file is missing', () => {
    expect(() => firstPage(built, ['src/routes/_app/moved.tsx'])).toThrow('src/routes/_app/moved.tsx');
    expect(() => firstPage([file('index.js', { entry: true, needs: ['gone.js'] })], [])).toThrow('gone.js');
  });
});
