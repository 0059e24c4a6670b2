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
