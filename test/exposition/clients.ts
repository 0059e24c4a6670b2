import { createRequire } from 'node:module';
import * as promClient from 'prom-client';
import { describe } from 'vitest';

/** The part of prom-client that its successor has as well. */
export type Client = typeof promClient;

const bench = createRequire(new URL('../../bench/package.json', import.meta.url));

const successor = '@prometheus-io/client';

/** Whether tests that need the successor are to be skipped: only outside CI, which installs the benchmarks' dependencies. */
function isMissing(): boolean {
  if (process.env['CI'] !== undefined) return false;
  try {
    bench.resolve(successor);
    return false;
  } catch {
    return true;
  }
}

/**
 * Tests for each library whose registries have to take our metrics. The successor is a dependency of the benchmarks alone: where those
 * are not installed, its tests are skipped.
 */
export function describeWithClients(title: string, body: (client: () => Client) => void): void {
  describe(`prom-client: ${title}`, () => {
    body(() => promClient);
  });
  describe.skipIf(isMissing())(`${successor}: ${title}`, () => {
    body(() => bench(successor) as Client);
  });
}
