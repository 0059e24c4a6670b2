// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { NodeModules } from './modules.js';
import { feed } from './process-metrics.js';
import type { Feed } from './process-metrics.js';

/** What keeps the event loop alive, by type. The last two lists have no documented function. */
export function resourceFeeds({ process }: NodeModules): readonly Feed[] {
  return [
    feed('nodejsActiveResources', (gauge) =>
      gauge.observe(() => byType(process.getActiveResourcesInfo?.() ?? [])),
    ),
    feed('nodejsActiveHandles', (gauge) =>
      gauge.observe(() => byType((process._getActiveHandles?.() ?? []).map(className))),
    ),
    feed('nodejsActiveRequests', (gauge) =>
      gauge.observe(() => byType((process._getActiveRequests?.() ?? []).map(className))),
    ),
  ];
}

function byType(types: readonly string[]): (readonly [{ type: string }, number])[] {
  const counts = new Map<string, number>();
  for (const type of types) counts.set(type, (counts.get(type) ?? 0) + 1);
  return Array.from(counts, ([type, count]) => [{ type }, count] as const);
}

function className(thing: object): string {
  const { constructor } = thing as { readonly constructor?: { readonly name?: unknown } };
  return typeof constructor?.name === 'string' && constructor.name !== '' ? constructor.name : 'Object';
}
