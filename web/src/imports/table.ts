const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** As much as the server takes of a table. */
export const TABLE_MAX_BYTES = 1024 * 1024;

/** A table as the body of a request; what is in it the server finds out by itself. */
export function asTable(file: Blob & { name: string }) {
  return {
    headers: { 'Content-Type': /\.xlsx$/i.test(file.name) ? XLSX : 'text/csv' },
    body: file as never,
    bodySerializer: (body: unknown) => body as Blob,
  };
}

/** An empty table with its headings as CSV, with the mark by which spreadsheet programs know UTF-8. */
export function csvTemplate(headings: readonly string[]): string {
  return `data:text/csv;charset=utf-8,${encodeURIComponent(`\ufeff${headings.join(',')}\r\n`)}`;
}
