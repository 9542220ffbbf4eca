import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import type { Language, Text } from './text.ts';
import { zh } from './zh.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof zh };
    returnNull: false;
  }
}

const STORED = 'duxue.language';
const TAGS = { zh: 'zh-CN', en: 'en' } as const;

function stored(): Language {
  try {
    return localStorage.getItem(STORED) === 'en' ? 'en' : 'zh';
  } catch {
    return 'zh';
  }
}

/** Makes a language's words ready: Chinese is in the page, English is fetched by those who read it. */
async function ready(language: Language): Promise<void> {
  if (i18next.hasResourceBundle(language, 'translation')) return;
  const { en } = await import('./en.ts');
  i18next.addResourceBundle(language, 'translation', en);
}

/** Speaks the language chosen on this computer before, else Chinese. Without a network it stays at Chinese. */
export async function startLanguage(language: Language = stored()): Promise<void> {
  void i18next.use(initReactI18next).init({
    lng: 'zh',
    fallbackLng: false,
    resources: { zh: { translation: zh } },
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  document.documentElement.lang = TAGS.zh;
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
  await ready(language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = TAGS[language];
}

export function useLanguage(): Language {
  const { i18n } = useTranslation();
  return i18n.language === 'en' ? 'en' : 'zh';
}

/** Reads a sentence of the server in the language of the page. */
export function useText(): (text: Text) => string {
  const language = useLanguage();
  return (text) => text[language] || text.zh;
}
