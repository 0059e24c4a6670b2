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
