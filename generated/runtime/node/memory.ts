// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { NodeModules } from './modules.js';
import { feed } from './process-metrics.js';
import type { Feed } from './process-metrics.js';
import { sharedReading } from './shared-reading.js';

/** Memory of the process as the operating system counts it. Linux alone tells more than what is resident. */
export function memoryFeeds({ process, fs }: NodeModules): readonly Feed[] {
  if (process.platform !== 'linux')
    return [feed('processResidentMemoryBytes', (gauge) => gauge.observe(() => process.memoryUsage.rss()))];
  const status = sharedReading(() => memoryStatus(fs.readFileSync('/proc/self/status', 'latin1')));
  const size = (name: string) => (): number => status().get(name) ?? NaN;
  return [
    feed('processResidentMemoryBytes', (gauge) => gauge.observe(size('VmRSS'))),
    feed('processVirtualMemoryBytes', (gauge) => gauge.observe(size('VmSize'))),
    feed('processHeapBytes', (gauge) => gauge.observe(size('VmData'))),
  ];
}

/** The bytes that lines such as `VmRSS:     51234 kB` tell (proc_pid_status(5)). */
function memoryStatus(text: string): ReadonlyMap<string, number> {
  return new Map(
    Array.from(text.matchAll(/^(Vm\w+):\s+(\d+) kB$/gm), ([, name = '', kibibytes]) => [
      name,
      1024 * Number(kibibytes),
    ]),
  );
}
