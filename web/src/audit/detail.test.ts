import { expect, it } from 'vitest';
import { actName, detailName, subjectName } from './acts.ts';
import { detailText } from './detail.ts';

const raw = (key: string) => key;

it('puts a detail on one line, each part by its name', () => {
  expect(detailText({ stream: 'sub', seconds: 12.5, cause: null, span: { start: 'a' } }, raw)).toBe('stream: sub · seconds: 12.5 · span: {"start":"a"}');
  expect([detailText({}, raw), detailText(null, raw), detailText('text', raw), detailText(3, raw)]).toEqual(['', '', 'text', '3']);
  expect(detailText({ late: true, seconds: 2 }, (key) => detailName(key, 'zh'))).toBe('迟报: true · 秒: 2');
});

it('shortens identities and measures, and nothing else', () => {
  expect(detailText({ watch: '01a220ee-3904-706c-916a-fdc2a6b7a65b', seconds: 2.809313080, sha: '01a220ee3904706c' }, raw)).toBe('watch: 01a220ee · seconds: 2.81 · sha: 01a220ee3904706c');
});

it('calls actions by words of the language, and one that it does not know by its own name', () => {
  expect([actName('close_watch', 'zh'), actName('close_watch', 'en'), actName('fly_away', 'zh')]).toEqual(['结束观看', 'close watch', 'fly away']);
  expect([subjectName('remote_supervision', 'zh'), subjectName('remote_supervision', 'en')]).toEqual(['远程督导记录', 'remote supervision']);
});
