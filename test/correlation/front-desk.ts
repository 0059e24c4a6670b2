import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compile } from '../../src/compile.js';
import type { Component } from '../../src/runtime/component.js';
import type { Correlation, Middleware } from '../../src/runtime/correlation/index.js';
import type { HealthComponent, Observability } from '../../src/runtime/http/index.js';
import type { SpanHelper, Telemetry } from '../../src/runtime/index.js';
import { writeTree } from '../support/directory.js';
import { testToday } from '../support/model.js';

/** What the case `correlation` compiles to, as a service imports it. */
export interface FrontDesk {
  readonly correlation: Correlation<'tenant_tier' | 'region'>;
  readonly middleware: Middleware;
  readonly correlationComponent: Component;
  readonly health: {
    readonly queue: HealthComponent;
    readonly modelApi: HealthComponent;
    readonly search: HealthComponent;
  };
  readonly observability: Observability;
  readonly telemetry: Telemetry;
  readonly spans: { readonly deskTask: SpanHelper<object, never> };
  readonly labels: { readonly httpRoute: { register(values: readonly string[]): void } };
}

const spec = join(import.meta.dirname, '..', 'cases', 'correlation', 'observability.yaml');
const root = join(import.meta.dirname, '..', '.out');

/** Compiles the case and imports it; ends with the folder's removal. */
export async function frontDesk(
  name: string,
): Promise<FrontDesk & { readonly folder: string; remove(): void }> {
  const folder = join(root, name);
  const files = compile(spec, testToday).files ?? [];
  writeTree(
    folder,
    new Map(files.filter(({ path }) => path.endsWith('.ts')).map(({ path, content }) => [path, content])),
  );
  const made = (await import(pathToFileURL(join(folder, 'index.ts')).href)) as FrontDesk;
  return {
    ...made,
    folder,
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const peers = createRequire(join(import.meta.dirname, '..', 'peers', 'frameworks', 'package.json'));

/** A package of test/peers/frameworks; undefined where the set is not installed. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the caller knows what the package exports
export function peer<T>(name: string): T | undefined {
  try {
    return peers(name) as T;
  } catch {
    return undefined;
  }
}

/** Where a package of the set is, for processes and threads of their own. */
export function peerPath(name: string): string {
  return peers.resolve(name);
}
