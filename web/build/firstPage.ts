import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/** A file of the build, as far as it matters for what a page loads. */
export interface BuiltFile {
  readonly name: string;
  /** What the file holds; its size on the way is this, gzipped. */
  readonly content: string | Uint8Array;
  /** Files that are loaded with it: static imports and style sheets. */
  readonly needs: readonly string[];
  /** The modules inside; a route's own begins with the path of its file. */
  readonly modules: readonly string[];
  readonly entry: boolean;
}

/** A file that the first page loads, and its gzipped bytes. */
export interface Loaded {
  readonly name: string;
  readonly bytes: number;
}

/** What the first page loads: the entry, the chunks of `routes`, and whatever these need; the largest first. */
export function firstPage(files: readonly BuiltFile[], routes: readonly string[]): Loaded[] {
  const byName = new Map(files.map((file) => [file.name, file]));
  for (const route of routes) {
    if (!files.some((file) => file.modules.some((module) => holds(module, route)))) throw new Error(`no built file holds ${route}`);
  }
  const loaded = new Map<string, Loaded>();
  const load = (file: BuiltFile): void => {
    if (loaded.has(file.name)) return;
    loaded.set(file.name, { name: file.name, bytes: gzipSync(file.content).length });
    for (const name of file.needs) {
      const needed = byName.get(name);
      if (needed === undefined) throw new Error(`${file.name} needs ${name}, which was not built`);
      load(needed);
    }
  };
  for (const file of files) if (file.entry || file.modules.some((module) => routes.some((route) => holds(module, route)))) load(file);
  return [...loaded.values()].sort((a, b) => b.bytes - a.bytes);
}

/** The router's plugin splits a route into modules of one path and differing queries; all of them are loaded with it. */
function holds(module: string, route: string): boolean {
  return module.split('?', 1)[0]?.endsWith(route) === true;
}

/** Fails the build when the pages that everybody meets first weigh more than `limit` bytes gzipped. */
export function firstPageBudget(routes: readonly string[], limit: number): Plugin {
  return {
    name: 'duxue:first-page',
    apply: 'build',
    writeBundle: {
      order: 'post',
      handler(_, bundle) {
        const files = Object.values(bundle).map((file): BuiltFile =>
          file.type === 'asset'
            ? { name: file.fileName, content: file.source, needs: [], modules: [], entry: false }
            : {
                name: file.fileName, content: file.code, needs: [...file.imports, ...(file.viteMetadata?.importedCss ?? [])],
                modules: file.moduleIds, entry: file.isEntry,
              },
        );
        const loaded = firstPage(files, routes);
        const total = loaded.reduce((sum, file) => sum + file.bytes, 0);
        const words = `the first page loads ${kB(total)} of at most ${kB(limit)} gzipped, in ${loaded.length} files`;
        if (total > limit) this.error(`${words}:\n${loaded.map((file) => `${kB(file.bytes).padStart(9)} ${file.name}`).join('\n')}`);
        this.info(words);
      },
    },
  };
}

const kB = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;
