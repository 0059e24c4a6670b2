// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { NodeModules } from './modules.js';
import { feed } from './process-metrics.js';
import type { CollectionKind, Feed } from './process-metrics.js';

/** V8's kinds of collections (perf_hooks.constants.NODE_PERFORMANCE_GC_*). The second is another way to collect the young generation. */
export const collectionKinds: ReadonlyMap<number | undefined, CollectionKind> = new Map([
  [1, 'minor'],
  [2, 'minor'],
  [4, 'major'],
  [8, 'incremental'],
  [16, 'weakcb'],
]);

/** How long garbage collections take. Node tells of them in groups: each of a group counts. */
export function collectionFeeds({ perfHooks }: NodeModules): readonly Feed[] {
  return [
    feed('nodejsGcDurationSeconds', (histogram) => {
      const observer = new perfHooks.PerformanceObserver((list) => {
        for (const { duration, detail } of list.getEntries()) {
          const kind = collectionKinds.get(detail?.kind);
          if (kind !== undefined) histogram.observe({ kind }, duration / 1000);
        }
      });
      observer.observe({ entryTypes: ['gc'] });
      return () => {
        observer.disconnect();
      };
    }),
  ];
}
