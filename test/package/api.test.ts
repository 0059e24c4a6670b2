import { join } from 'node:path';
import { expect, it } from 'vitest';
import { apiReports } from '../../scripts/generate-api.mjs';
import { packageRoot } from '../../src/package-root.js';
import { readTree } from '../support/directory.js';

const reports = apiReports();

/** `npm run generate:api` writes the reports anew: read the diff as those would who use what it names. */
it('is what api/ says, for every entry point', () => {
  const written = readTree(join(packageRoot, 'api'));
  expect([...written.keys()]).toEqual([...reports.keys()].sort());
  for (const [name, text] of reports)
    expect(written.get(name), `api/${name} is stale: npm run generate:api`).toBe(text);
});

it('names what programs reach, and no private member', () => {
  const runtime = reports.get('runtime.md') ?? '';
  expect(runtime).toContain(
    'export declare function createTelemetry(definition: TelemetryDefinition): Telemetry;',
  );
  expect(runtime).toContain('\ninterface TelemetryDefinition {');
  expect(runtime).not.toMatch(/^ +(?:private |#)/m);
});
