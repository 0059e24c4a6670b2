/** The endpoints of a service that people and their tools look into; loaded by specs that have `health`, or the preset http. */
export { healthComponent } from './health.js';
export type { ComponentStatus, HealthCheck, HealthComponent, HealthReport, HealthSignal } from './health.js';
export { createObservability } from './observability.js';
export type { Observability, ObservabilityDefinition, TraceView } from './observability.js';
export type { AccessOptions } from './access.js';
export type { Listening, ListenOptions } from './server.js';
