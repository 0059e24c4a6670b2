// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { Family } from '../metrics/family.js';
import { shared } from '../shared.js';
import { families } from './registry.js';

/** Gives the metrics that the page shows. */
export type FamilySource = () => Promise<readonly Family[]>;

const choice = shared('family source', (): { source: FamilySource | undefined } => ({ source: undefined }));

/**
 * Replaces the metrics that `metricsHandler` and `scrape` show, such as by those of all processes of a service; undefined: those of this
 * process again. A scrape fails where the source rejects: numbers of a part of the processes would look like a restart.
 */
export function setFamilySource(source: FamilySource | undefined): void {
  choice.source = source;
}

/** The metrics that the page shows. Each has to be refreshed before it is read. */
export async function shownFamilies(): Promise<readonly Family[]> {
  return choice.source === undefined ? families() : choice.source();
}
