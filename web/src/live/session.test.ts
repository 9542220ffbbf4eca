import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { nowMs } from '~/app/clock.ts';
import { LiveSession } from './session.ts';

class FakeSocket {
  static all: FakeSocket[] = [];
  binaryType = '';
  closed = false;
  onmessage: ((event: { data: string | ArrayBuffer }) => void) | null = null;
  onclose: (() => void) | null = null;
  readonly url: string;
  constructor(url: string) {
    this.url = url;
    FakeSocket.all.push(this);
  }
  close(): void {
    this.closed = true;
  }
  say(message: object): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
  /** The other side, or the network, ends the connection. */
  break(): void {
    this.onclose?.();
  }
}

const NoCodec = { isTypeSupported: () => false };

const newest = (): FakeSocket => {
  const socket = FakeSocket.all.at(-1);
  if (socket === undefined) throw new Error('no socket was opened');
  return socket;
};

function started(): LiveSession {
  const session = new LiveSession({ now: nowMs, skewMs: () => 0, chance: () => 0.5 });
  session.start('ws://duxue/live', document.createElement('video'));
  return session;
}

beforeEach(() => {
  FakeSocket.all = [];
  vi.useFakeTimers();
  vi.stubGlobal('WebSocket', FakeSocket);
  vi.stubGlobal('MediaSource', NoCodec);
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('a live session', () => {
  it('says what the recorder says of the camera', () => {
    const session = started();
    newest().say({ type: 'state', state: 'backing_off', cause: 'unreachable' });
    expect(session.snapshot()).toMatchObject({ phase: 'connecting', camera: 'backing_off', cause: 'unreachable' });
    session.stop();
  });

  it('comes back by itself, a little later each time', () => {
    const session = started();
    for (const pause of [1000, 2000, 4000]) {
      const opened = FakeSocket.all.length;
      newest().break();
      expect(session.snapshot()).toMatchObject({ phase: 'retrying', retryAtMs: nowMs() + pause });
      vi.advanceTimersByTime(pause - 1);
      expect(FakeSocket.all).toHaveLength(opened);
      vi.advanceTimersByTime(1);
      expect(FakeSocket.all).toHaveLength(opened + 1);
      expect(session.snapshot().phase).toBe('connecting');
    }
    session.stop();
  });

  it('gives up a connection that has gone silent, but not one whose camera is known to be down', () => {
    const session = started();
    newest().say({ type: 'state', state: 'backing_off', cause: 'unreachable' });
    vi.advanceTimersByTime(60_000);
    expect(FakeSocket.all).toHaveLength(1);
    newest().say({ type: 'state', state: 'live' });
    vi.advanceTimersByTime(20_500);
    expect(session.snapshot().phase).toBe('retrying');
    expect(FakeSocket.all[0]?.closed).toBe(true);
    session.stop();
  });

  it('asks rarely again where it was refused, and says why', () => {
    const session = started();
    newest().say({ type: 'refused', reason: { zh: '摄像头已停用', en: 'switched off' } });
    newest().break();
    expect(session.snapshot()).toMatchObject({ phase: 'retrying', refusal: { zh: '摄像头已停用' }, retryAtMs: nowMs() + 15_000 });
    session.stop();
  });

  it('does not try again what this browser cannot decode', () => {
    const session = started();
    newest().say({ type: 'init', mime: 'video/mp4; codecs="hvc1.1.6.L93"', state: 'live' });
    newest().onmessage?.({ data: new ArrayBuffer(4) });
    expect(session.snapshot()).toMatchObject({ phase: 'unsupported', codec: 'hvc1.1.6.L93' });
    vi.advanceTimersByTime(120_000);
    expect(FakeSocket.all).toHaveLength(1);
    session.stop();
  });

  it('leaves nothing running when stopped', () => {
    const session = started();
    newest().break();
    session.stop();
    vi.advanceTimersByTime(60_000);
    expect(FakeSocket.all).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('tells its listeners of changes only', () => {
    const session = started();
    const heard = vi.fn();
    session.subscribe(heard);
    newest().say({ type: 'state', state: 'stalled', cause: 'stalled' });
    newest().say({ type: 'state', state: 'stalled', cause: 'stalled' });
    expect(heard).toHaveBeenCalledTimes(1);
    session.stop();
  });
});
