// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

/** What the generated `errors.ts` imports. */
export { createErrors } from './errors.js';
export type { Errors, ErrorsSettings } from './errors.js';
export type { BreadcrumbDetails, ErrorDetails } from './details.js';
export type { ErrorUser } from './report-scope.js';
export type { SentryDefinition } from './sentry-options.js';
export type { Component } from '../component.js';
