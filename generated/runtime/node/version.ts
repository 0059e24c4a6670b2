// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { NodeModules } from './modules.js';
import { feed } from './process-metrics.js';
import type { Feed } from './process-metrics.js';

/** The version of Node. */
export function versionFeeds({ process: { version } }: NodeModules): readonly Feed[] {
  const [, major = '', minor = '', patch = ''] = /^v(\d+)\.(\d+)\.(\d+)/.exec(version) ?? [];
  return [feed('nodejsVersionInfo', (gauge) => gauge.observe({ version, major, minor, patch }, () => 1))];
}
