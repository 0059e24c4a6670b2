// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { NodeModules } from './modules.js';
import { feed } from './process-metrics.js';
import type { Feed } from './process-metrics.js';
import { sharedReading } from './shared-reading.js';

/** CPU time and start of the process. The counters hold what was spent since the process started, not since someone asked first. */
export function cpuFeeds({ process }: NodeModules): readonly Feed[] {
  const spent = sharedReading(() => {
    const { user, system } = process.cpuUsage();
    return { user: user / 1e6, system: system / 1e6, all: (user + system) / 1e6 };
  });
  // Worked out once: a clock that is set later must not move the start.
  const started = Math.round(Date.now() - 1000 * process.uptime()) / 1000;
  return [
    feed('processCpuUserSecondsTotal', (counter) => counter.observe(() => spent().user)),
    feed('processCpuSystemSecondsTotal', (counter) => counter.observe(() => spent().system)),
    feed('processCpuSecondsTotal', (counter) => counter.observe(() => spent().all)),
    feed('processStartTimeSeconds', (gauge) => gauge.observe(() => started)),
  ];
}
