#!/usr/bin/env node
// @ts-check
'use strict';
export function main(args) {
  return args.length;
}
