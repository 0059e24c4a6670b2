#!/usr/bin/env node
// @ts-check
'use strict';
import { spans, traceFunction } from './generated/instrument.js';

export function main(args) {
  return args.length;
}
// @ts-expect-error: a function is given its traced form
main = traceFunction(spans.functionCall, 'main', main);
