import { describe, expect, it } from 'vitest';
import { isCameraUrl, withCredentials } from './cameraUrl.ts';

describe('isCameraUrl', () => {
  it('takes RTSP addresses without credentials', () => {
    for (const good of ['rtsp://192.0.2.10/stream1', 'rtsp://cam.example:8554/a/b?c=1', 'RTSPS://cam/x', ' rtsp://cam ']) expect(isCameraUrl(good), good).toBe(true);
    for (const bad of ['', 'http://cam/', 'cam/stream', 'rtsp://', 'rtsp://user:pass@cam/x', 'rtsp://a b/c']) expect(isCameraUrl(bad), bad).toBe(false);
  });
});

describe('withCredentials', () => {
  it('leaves an address alone that needs none', () => {
    expect(withCredentials({ url: ' rtsp://cam/x ' })).toBe('rtsp://cam/x');
    expect(withCredentials({ url: 'rtsp://cam/x', username: '', password: 'p' })).toBe('rtsp://cam/x');
  });

  it('survives every character a password may have', () => {
    const password = "p@ss:/?#[]!$&'()*+,;=% 密";
    const url = new URL(withCredentials({ url: 'rtsp://cam:8554/x', username: 'a@b', password }).replace('rtsp', 'http'));
    expect(decodeURIComponent(url.username)).toBe('a@b');
    expect(decodeURIComponent(url.password)).toBe(password);
    expect(url.host).toBe('cam:8554');
    expect(url.pathname).toBe('/x');
  });
});
