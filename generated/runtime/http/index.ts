// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

/** The endpoints of a service that people and their tools look into; loaded by specs that have `health`, or the preset http. */
export { healthComponent } from './health.js';
export type { ComponentStatus, HealthCheck, HealthComponent, HealthReport, HealthSignal } from './health.js';
export { createObservability } from './observability.js';
export type { Observability, ObservabilityDefinition, TraceView } from './observability.js';
export type { AccessOptions } from './access.js';
export type { Listening, ListenOptions } from './server.js';
