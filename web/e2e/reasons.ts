import type { FullResult, Reporter, TestCase, TestError, TestResult } from '@playwright/test/reporter';

/** At the very end a line for each story that failed: where it stood and why, so that the last lines of a log tell it. */
export default class Reasons implements Reporter {
  private readonly lines: string[] = [];

  onTestEnd(test: TestCase, result: TestResult): void {
    if (result.status === test.expectedStatus || result.status === 'skipped') return;
    for (const error of result.errors) this.lines.push(`${test.location.file.split('/').at(-1) ?? ''}:${stood(error)} ${test.title.slice(0, 40)}: ${said(error)}`);
  }

  onEnd(result: FullResult): void {
    if (result.status !== 'passed') process.stdout.write(`\nwhy:\n${this.lines.join('\n')}\n`);
  }
}

function stood(error: TestError): string {
  return String(error.location?.line ?? '?');
}

/** What it said, without colours, on one line. */
function said(error: TestError): string {
  // eslint-disable-next-line no-control-regex -- escape sequences are what is taken out
  const plain = (error.message ?? error.value ?? '').replaceAll(/\u001B\[[0-9;]*m/g, '');
  return plain.split('\n').map((line) => line.trim()).filter((line) => line !== '').join(' ').slice(0, 400);
}
