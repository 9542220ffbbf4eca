/** An RTSP address as the form has it: the credentials apart, so that nobody types them where they can be read. */
export interface CameraAddress {
  readonly url: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
}

const RTSP = /^rtsps?:\/\/[^/\s@]+(\/\S*)?$/i;

/** Whether it can be an address to connect to, without credentials in it. The server says the rest. */
export function isCameraUrl(text: string): boolean {
  return RTSP.test(text.trim());
}

/** The address as it is sent: credentials put in, with whatever they contain made safe (RFC 3986, 2.1). */
export function withCredentials({ url, username, password }: CameraAddress): string {
  const plain = url.trim();
  if (username === undefined || username === '') return plain;
  const userInfo = `${safe(username)}:${safe(password ?? '')}`;
  return plain.replace(/^(rtsps?:\/\/)/i, `$1${userInfo.replaceAll('$', '$$$$')}@`);
}

function safe(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}
