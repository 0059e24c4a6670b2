import type { PartName } from './parts.js';

/**
 * Where containers find what is mounted into them. Folders are mounted, never single files: a file that a build replaces stays the old
 * one for a container until that is made anew. None of these is a place that an image uses itself.
 */
const root = '/etc/obs-gen';

/** The folder with the configuration of a part. */
export function configMount(part: PartName): string {
  return `${root}/${part}`;
}

/** The folder with what Prometheus, Alertmanager and Pushgateway serve their pages by, and with what they are asked by. */
export const webMount = `${root}/web`;

/** The folder with the secrets that are mounted by their name. */
export const secretsMount = '/run/secrets';
