import { useLanguage } from './index.ts';
import type { Language } from './text.ts';

/** Words in groups of groups. A sentence may hold blanks such as `{{count}}`. */
export interface Words {
  readonly [key: string]: string | Words;
}

/** The path of every sentence, `state.open` for one in a group. */
type WordKey<W> = { [K in keyof W & string]: W[K] extends string ? K : `${K}.${WordKey<W[K]>}` }[keyof W & string];

type Blanks = Readonly<Record<string, string | number>>;

/** Says a sentence of an area in the language of the page. */
export type Say<W> = (key: WordKey<W>, blanks?: Blanks) => string;

/** Says sentences out of `words`. */
export function sayer<W extends Words>(words: W): Say<W> {
  return (key, blanks = {}) => {
    let found: string | Words | undefined = words;
    for (const part of key.split('.')) found = typeof found === 'object' ? found[part] : undefined;
    // The types leave no other key; one that came around them is better read as itself than not at all.
    if (typeof found !== 'string') return key;
    return found.replace(/\{\{(\w+)\}\}/g, (blank, name: string) => String(blanks[name] ?? blank));
  };
}

/**
 * The words of one area of the page, as a hook. They come with the area's own chunk, in both languages, and weigh nothing on the
 * first page; `zh.ts` and `en.ts` stand in the area's folder, and i18n/languages.test.ts finds them there.
 */
export function areaWords<W extends Words>(words: Readonly<Record<Language, W>>): () => Say<W> {
  const says = { zh: sayer(words.zh), en: sayer(words.en) };
  return () => says[useLanguage()];
}
