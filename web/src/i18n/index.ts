import { useSyncExternalStore } from 'react';
import { sayer, type Say } from './say.ts';
import type { Language, Text } from './text.ts';
import { zh } from './zh.ts';

const STORED = 'duxue.language';
const MARKS = { zh: { list: '、', sentence: '；', colon: '：' }, en: { list: ', ', sentence: '; ', colon: ': ' } } as const;
const TAGS = { zh: 'zh-CN', en: 'en' } as const;

/** The language of the page, and who says the words of the first page and of what all pages share. */
interface Spoken {
  readonly language: Language;
  readonly t: Say<typeof zh>;
  /** Between the names of a list, between sentences, and after what something is. */
  readonly marks: { readonly list: string; readonly sentence: string; readonly colon: string };
}

// Chinese is in the page, English is fetched by those who read it.
const chinese: Spoken = { language: 'zh', t: sayer(zh), marks: MARKS.zh };
const spoken: Partial<Record<Language, Spoken>> = { zh: chinese };
let now = chinese;
const listeners = new Set<() => void>();

function stored(): Language {
  try {
    return localStorage.getItem(STORED) === 'en' ? 'en' : 'zh';
  } catch {
    return 'zh';
  }
}

async function fetched(language: Language): Promise<Spoken> {
  return (spoken[language] ??= { language, t: sayer((await import('./en.ts')).en), marks: MARKS[language] });
}

/** Speaks the language chosen on this computer before, else Chinese. Without a network it stays at Chinese. */
export async function startLanguage(language: Language = stored()): Promise<void> {
  await speak('zh');
  if (language !== 'zh') await speak(language).catch(() => undefined);
}

/** Changes the page's language, and remembers it. Rejects when its words cannot be fetched. */
export async function setLanguage(language: Language): Promise<void> {
  await speak(language);
  try {
    localStorage.setItem(STORED, language);
  } catch {
    // Without storage the choice lasts until the page is loaded again.
  }
}

async function speak(language: Language): Promise<void> {
  now = await fetched(language);
  document.documentElement.lang = TAGS[language];
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const current = (): Spoken => now;

/** The words of the first page and of what all pages share, in the language of the page. */
export function useTranslation(): Spoken {
  return useSyncExternalStore(subscribe, current);
}

export function useLanguage(): Language {
  return useTranslation().language;
}

/** Reads a sentence of the server in the language of the page. */
export function useText(): (text: Text) => string {
  const language = useLanguage();
  return (text) => text[language] || text.zh;
}
