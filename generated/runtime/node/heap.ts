// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { NodeModules, V8 } from './modules.js';
import { feed } from './process-metrics.js';
import type { Feed } from './process-metrics.js';
import { sharedReading } from './shared-reading.js';

type Space = ReturnType<V8['getHeapSpaceStatistics']>[number];

/** The heap of this thread's JavaScript, as a whole and by space. */
export function heapFeeds({ v8 }: NodeModules): readonly Feed[] {
  // process.memoryUsage() gives the same three numbers, and reads /proc for a fourth one.
  const heap = sharedReading(() => v8.getHeapStatistics());
  const spaces = sharedReading(() => v8.getHeapSpaceStatistics());
  const bySpace = (size: (space: Space) => number) => () =>
    spaces().map((space) => [{ space: space.space_name.replace(/_space$/, '') }, size(space)] as const);
  return [
    feed('nodejsHeapSizeTotalBytes', (gauge) => gauge.observe(() => heap().total_heap_size)),
    feed('nodejsHeapSizeUsedBytes', (gauge) => gauge.observe(() => heap().used_heap_size)),
    feed('nodejsExternalMemoryBytes', (gauge) => gauge.observe(() => heap().external_memory)),
    feed('nodejsHeapSpaceSizeTotalBytes', (gauge) => gauge.observe(bySpace((space) => space.space_size))),
    feed('nodejsHeapSpaceSizeUsedBytes', (gauge) => gauge.observe(bySpace((space) => space.space_used_size))),
    feed('nodejsHeapSpaceSizeAvailableBytes', (gauge) =>
      gauge.observe(bySpace((space) => space.space_available_size)),
    ),
  ];
}
