/// <reference types="node" />
// @ts-check

export function run(): string {
  return 'run';
}
