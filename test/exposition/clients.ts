import { createRequire } from 'node:module';
import * as promClient from 'prom-client';

/** The part of prom-client that its successors have as well. */
export type Client = typeof promClient;

const bench = createRequire(new URL('../../bench/package.json', import.meta.url));

function installed(name: string): [name: string, client: Client][] {
  try {
    return [[name, bench(name) as Client]];
  } catch {
    return [];
  }
}

/**
 * The libraries whose registries have to take our metrics. The successors are dependencies of the benchmarks alone: where those are not
 * installed, there are no tests for them.
 */
export const clients: readonly (readonly [name: string, client: Client])[] = [
  ['prom-client', promClient],
  ...installed('@prometheus-io/client'),
  ...installed('@platformatic/prom-client'),
];
