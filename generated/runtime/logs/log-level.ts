// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { environmentVariable } from '../host.js';

/** How serious a line is. */
export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal';

const ranks = new Map<string, number>([
  ['trace', 10],
  ['debug', 20],
  ['info', 30],
  ['warn', 40],
  ['error', 50],
  ['fatal', 60],
  ['silent', 100],
]);

let override = rankFromEnvironment();

/** Whether a line of a level is written where the spec asks for `least`; LOG_LEVEL overrides the spec. */
export function isLogged(level: LogLevel, least: LogLevel): boolean {
  return rank(level) >= (override ?? rank(least));
}

/** Reads LOG_LEVEL again. */
export function reloadLogLevel(): void {
  override = rankFromEnvironment();
}

function rank(level: string): number {
  return ranks.get(level) ?? 0;
}

function rankFromEnvironment(): number | undefined {
  return ranks.get(environmentVariable('LOG_LEVEL')?.toLowerCase() ?? '');
}
