// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { shared } from './shared.js';

const state = shared('telemetry start', () => ({ isStarted: false }));

/** The telemetry has been started. */
export function noteStart(): void {
  state.isStarted = true;
}

/** Whether the telemetry of this process was ever started. */
export function isStarted(): boolean {
  return state.isStarted;
}
