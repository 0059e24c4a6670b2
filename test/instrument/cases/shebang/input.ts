#!/usr/bin/env node
import { argv } from 'node:process';

export function main(args: readonly string[] = argv.slice(9)): number {
  return args.length;
}
