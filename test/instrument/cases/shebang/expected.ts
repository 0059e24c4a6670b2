#!/usr/bin/env node
import { argv } from 'node:process';
import { spans, traceFunction } from './generated/instrument.js';

export function main(args: readonly string[] = argv.slice(9)): number {
  return args.length;
}
(main as unknown) = traceFunction(spans.functionCall, 'main', main);
