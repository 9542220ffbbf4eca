import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';

// On a machine that has more to do, a form's words come later than the library's one second.
configure({ asyncUtilTimeout: 10_000 });

afterEach(() => {
  cleanup();
});
