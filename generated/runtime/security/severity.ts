// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { LogLevel } from '../logs/log-level.js';

/** How bad a security event is. */
export type Severity = 'low' | 'medium' | 'high' | 'critical';

/** The level of the line that tells of it. `fatal` means that a process ends, which no security event means. */
export const levelOf: Readonly<Record<Severity, LogLevel>> = {
  low: 'info',
  medium: 'warn',
  high: 'error',
  critical: 'error',
};
