import type { Model } from '../../model/model.js';
import type { Stack } from '../../model/stack.js';
import type { PartName } from '../../stack/parts.js';
import { balancerConfig, collectorConfig } from './collector/index.js';
import { literal, variable } from './interpolation.js';

/** Where Docker keeps what containers write, in its usual format. */
const dockerFolder = '/var/lib/docker/containers';

/** A folder of the machine with log files, and where the Collector looks for it. */
export interface LogFolder {
  readonly source: string;
  readonly target: string;
}

/** The configuration of one of the two layers of Collectors. */
export function layerConfig(model: Model, stack: Stack, part: 'collector' | 'balancer'): object {
  return part === 'balancer'
    ? balancerConfig(model, stack, 'compose')
    : collectorConfig(model, stack, 'compose');
}

/** The globs that a Collector's configuration reads files by. */
function globsOf(config: object): readonly string[] {
  const { receivers } = config as { receivers?: Readonly<Record<string, { include?: readonly string[] }>> };
  return Object.values(receivers ?? {}).flatMap(({ include }) => include ?? []);
}

/** The folder below which all files of a glob lie. */
function folderOf(glob: string): string {
  const words = glob.split('/').slice(0, -1);
  const open = words.findIndex((word) => /[*?[{]/.test(word));
  return (open < 0 ? words : words.slice(0, open)).join('/');
}

function isBelow(folder: string, other: string): boolean {
  return folder !== other && folder.startsWith(`${other}/`);
}

/** The folders that a Collector of the compose file has to see; a whole machine (`/*.log`) cannot be mounted, and is not. */
export function logFolders(model: Model, stack: Stack, part: PartName): readonly LogFolder[] {
  if (part !== 'collector' && part !== 'balancer') return [];
  const folders = [...new Set(globsOf(layerConfig(model, stack, part)).map(folderOf))];
  return folders
    .filter((folder) => folder !== '' && !folders.some((other) => other !== '' && isBelow(folder, other)))
    .map((folder) => ({
      // It lies elsewhere where Docker was told so, or runs without root.
      source: folder === dockerFolder ? variable('DOCKER_CONTAINERS', folder) : literal(folder),
      target: folder,
    }));
}
