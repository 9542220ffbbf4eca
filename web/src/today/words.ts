import { areaWords } from '~/i18n/area.ts';
import { en } from './en.ts';
import { zh } from './zh.ts';

export const useTodayWords = areaWords({ zh, en });
