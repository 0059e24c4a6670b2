// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

/** The id and the baggage of a request, on every way that it takes; loaded by specs that have `correlation`, or the preset http. */
export { createCorrelationComponent, createCorrelation } from './correlation.js';
export type { Correlation, Current, ScopeOptions } from './correlation.js';
export type { Component } from '../component.js';
export type { Carrier } from './carrier.js';
export type { CorrelationDefinition } from './definition.js';
export type { Envelopes, Job, JobOptions, Message, MessageOptions } from './envelopes.js';
export type { Incoming } from './incoming.js';
export type { Environment, Processes } from './processes.js';
export { createMiddleware } from './middleware/middleware.js';
export type { Middleware } from './middleware/middleware.js';
export type { MiddlewareParts, NodeRequest, NodeResponse } from './middleware/shapes.js';
