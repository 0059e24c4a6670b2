import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { specTypes } from '../../scripts/generate-spec-types.mjs';
import { packageFile } from '../../src/package-root.js';

describe('src/spec/spec.ts', () => {
  it('is what the schema says (npm run generate:spec)', async () => {
    const expected = await specTypes(packageFile('schemas', 'observability.v1.schema.json'));
    expect(readFileSync(join(import.meta.dirname, '../../src/spec/spec.ts'), 'utf8')).toBe(expected);
  });
});
