/**
 * @license
 * Copyright of somebody.
 */

/** Runs. */
export function run(): string {
  return 'run';
}
