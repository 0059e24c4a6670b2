import { spans, traceFunction, traceMethod } from './generated/instrument.js';

export function a(): number { return 1 }
(a as unknown) = traceFunction(spans.functionCall, 'a', a); export const b = traceFunction(spans.expressionCall, 'b', (): number => 2); export class C { static { traceMethod(spans.methodCall, this.prototype, 'd'); } d(): number { return 3 } }