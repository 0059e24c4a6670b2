// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

/** What the generated `security.ts` imports. */
export type { Component } from '../component.js';
export { createSecurity } from './security.js';
export type {
  AuditDefinition,
  Security,
  SecuritySettings,
  TellPlainSecurityEvent,
  TellSecurityEvent,
} from './security.js';
export type { SecurityEventDefinition } from './event.js';
export type { SecurityMetrics } from './metrics.js';
export type { Severity } from './severity.js';
