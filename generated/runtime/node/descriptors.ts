// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { FileSystem, NodeModules } from './modules.js';
import { feed } from './process-metrics.js';
import type { Feed } from './process-metrics.js';

const folder = '/proc/self/fd';

/** Listing so many descriptors takes less than half a millisecond; with more, the list is read beside the event loop. */
const fewDescriptors = 1000;

/** Open file descriptors and how many there may be, where /proc tells it. */
export function descriptorFeeds({ fs }: NodeModules): readonly Feed[] {
  return [
    feed('processOpenFds', (gauge) => {
      const count = openDescriptors(fs);
      return count === undefined ? undefined : gauge.observe(count);
    }),
    feed('processMaxFds', (gauge) => {
      const limit = descriptorLimit(fs);
      return limit === undefined ? undefined : gauge.observe(() => limit);
    }),
  ];
}

/** A function that counts the open descriptors; undefined where that is not known. */
export function openDescriptors(fs: FileSystem): (() => number) | undefined {
  try {
    // Since Linux 6.2 the size of the folder is the number of descriptors. It needs no descriptor, so that it works when none is left.
    if (fs.statSync(folder).size > 0) return () => fs.statSync(folder).size;
    // The list has the descriptor by which it is read.
    let count = fs.readdirSync(folder).length - 1;
    return () => {
      if (count <= fewDescriptors) count = fs.readdirSync(folder).length - 1;
      else
        fs.readdir(folder, (error, names) => {
          if (error === null && names !== undefined) count = names.length - 1;
        });
      return count;
    };
  } catch {
    return undefined;
  }
}

/** The soft limit, which Node raises to the hard one when it starts; undefined where there is none or it is not known. */
function descriptorLimit(fs: FileSystem): number | undefined {
  try {
    const limits = fs.readFileSync('/proc/self/limits', 'latin1');
    const soft = /^Max open files\s+(\d+)\s/m.exec(limits)?.[1];
    return soft === undefined ? undefined : Number(soft);
  } catch {
    return undefined;
  }
}
