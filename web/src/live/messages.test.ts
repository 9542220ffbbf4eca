import { describe, expect, it } from 'vitest';
import { parseMessage } from './messages.ts';

describe('parseMessage', () => {
  it('reads every kind', () => {
    expect(parseMessage('{"type":"init","mime":"video/mp4; codecs=\\"avc1.640028\\"","state":"live"}')).toMatchObject({ type: 'init' });
    expect(parseMessage('{"type":"fragment","seq":7,"key":true,"arrival":"2026-11-23T01:00:00Z"}')).toMatchObject({ seq: 7, key: true });
    expect(parseMessage('{"type":"state","state":"backing_off","cause":"unreachable"}')).toMatchObject({ cause: 'unreachable' });
    expect(parseMessage('{"type":"state","state":"live"}')).toMatchObject({ cause: null });
    expect(parseMessage('{"type":"lagged","lost":12}')).toMatchObject({ lost: 12 });
    expect(parseMessage('{"type":"refused","reason":{"zh":"已停用","en":"switched off"}}')).toMatchObject({ reason: { zh: '已停用' } });
  });

  it('passes over what it does not know', () => {
    for (const text of ['', 'null', '{', '{"type":"weather"}', '{"type":"fragment","seq":"7","key":true,"arrival":"x"}']) {
      expect(parseMessage(text)).toBeNull();
    }
  });
});
