import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import { en } from './en.ts';
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

export function startLanguage(language: Language = stored()): void {
  void i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: { zh: { translation: zh }, en: { translation: en } },
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  document.documentElement.lang = TAGS[language];
}

export function setLanguage(language: Language): void {
  void i18next.changeLanguage(language);
  document.documentElement.lang = TAGS[language];
  try {
    localStorage.setItem(STORED, language);
  } catch {
    // Without storage the choice lasts until the page is loaded again.
  }
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
