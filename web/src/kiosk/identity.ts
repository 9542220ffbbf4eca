const TOKEN = 'duxue.kiosk.token';

/** This device's token, as it was entered on this browser. */
export function storedToken(): string | null {
  try {
    return localStorage.getItem(TOKEN);
  } catch {
    return null;
  }
}

/** Keeps it until it is taken away. False: this browser keeps nothing. */
export function storeToken(token: string | null): boolean {
  try {
    if (token === null) localStorage.removeItem(TOKEN);
    else localStorage.setItem(TOKEN, token);
    return true;
  } catch {
    return false;
  }
}
