// @vitest-environment node
import { readFileSync } from 'node:fs';
import openapi, { astToString } from 'openapi-typescript';
import { expect, it } from 'vitest';

it('is what the API’s document says: run `npm run generate` when this fails', async () => {
  const document = JSON.parse(readFileSync('../api/openapi.json', 'utf8')) as never;
  const fresh = astToString(await openapi(document, { rootTypes: true, rootTypesNoSchemaPrefix: true }));
  const committed = readFileSync('src/api/schema.d.ts', 'utf8');
  expect(committed.endsWith(fresh)).toBe(true);
});
