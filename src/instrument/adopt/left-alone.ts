import type { ts } from 'ts-morph';
import { lineOf, type CodeBase } from './code-base.js';

/** Why something cannot be adopted, and what would help. */
export interface Obstacle {
  /** A clause that starts in lower case. */
  readonly reason: string;
  /** What to do. */
  readonly help: string;
}

/** A metric that stays defined by hand, with the first place that holds it up. */
export interface LeftAlone extends Obstacle {
  readonly metric: string;
  /** Relative to the root. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
}

export function leftAlone(code: CodeBase, metric: string, node: ts.Node, obstacle: Obstacle): LeftAlone {
  const path = code.fileOf(node)?.path ?? node.getSourceFile().fileName;
  return { metric, path, line: lineOf(node), ...obstacle };
}
