/** Decorators of class methods: spans, times, counts and reports of errors. */
export { counted, reported, timed } from './measured.js';
export type { LabelsOf } from './measured.js';
export { traced } from './traced.js';
export type { AttributePaths, AttributesOf } from './traced.js';
export type { MethodDecorator } from './method-decorator.js';
