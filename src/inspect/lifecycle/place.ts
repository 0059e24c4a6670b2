import type { Range } from '../../diagnostics/diagnostic.js';

/** Where something stands, for people. */
export interface Spot {
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/** The file and the line of a range. */
export function spotOf({ source, start }: Range): Spot {
  return { file: source.path, line: source.position(start).line };
}

/** `services/a/observability.yaml:12`. */
export function shownSpot({ file, line }: Spot): string {
  return `${file}:${line}`;
}

/** Order of code units, which is the same on every machine. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
