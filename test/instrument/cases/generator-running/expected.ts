import { spans, traceFunction } from './generated/instrument.js';

let self: Generator<number> | undefined;

export function* reentrant(): Generator<number> {
  yield 1;
  self?.next();
}
(reentrant as unknown) = traceFunction(spans.functionCall, 'reentrant', reentrant);

export function start(): Generator<number> {
  self = reentrant();
  return self;
}
(start as unknown) = traceFunction(spans.functionCall, 'start', start);
