// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

/** What code calls that `obs-gen instrument` has inserted. */
export { traceFunction, tracePrivate } from './trace-function.js';
export { traceAccessor, traceMethod } from './trace-method.js';
export { traceCall } from './trace-call.js';
export { traceMember } from './trace-member.js';
export { traceConstruction } from './trace-construction.js';
export type { Construction } from './trace-construction.js';
export type { LabelPaths, Observed, Paths, Recorded, Roots, ValuePath } from './observed.js';
export { createConsoleLogger } from './console-logger.js';
export type { ConsoleLogger } from './console-logger.js';
export { keepContext } from './keep-context.js';
export { traced } from '../decorators/traced.js';
