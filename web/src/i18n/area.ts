import { useLanguage } from './index.ts';
import { sayer, type Say, type Words } from './say.ts';
import type { Language } from './text.ts';

/**
 * The words of one area of the page, as a hook. They come with the area's own chunk, in both languages, and weigh nothing on the
 * first page; `zh.ts` and `en.ts` stand in the area's folder, and i18n/languages.test.ts finds them there.
 */
export function areaWords<W extends Words>(words: Readonly<Record<Language, W>>): () => Say<W> {
  const says = { zh: sayer(words.zh), en: sayer(words.en) };
  return () => says[useLanguage()];
}
