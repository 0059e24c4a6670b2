import type { Expr, VectorSelector } from '../promql/ast.js';
import { walk } from '../promql/walk.js';
import type { Board, BoardPanel } from './board.js';
import { leafPanels } from './board.js';
import { promTargets, type Target } from './target.js';

/** A query in PromQL that could be read. */
export interface ReadTarget {
  readonly panel: BoardPanel;
  readonly target: Target;
  readonly expr: Expr;
  /** Of its text. */
  readonly path: string;
}

/** Every query in PromQL that could be read; those that could not are another rule's. */
export function* readTargets(board: Board): Iterable<ReadTarget> {
  for (const panel of leafPanels(board)) {
    for (const target of promTargets(panel)) {
      const expr = target.parsed?.expr;
      if (expr !== undefined) yield { panel, target, expr, path: `${target.path}.expr` };
    }
  }
}

/** A selector and what stands around it, the outermost first. */
export interface PlacedSelector {
  readonly selector: VectorSelector;
  readonly parents: readonly Expr[];
}

export function placedSelectors(expr: Expr): readonly PlacedSelector[] {
  const found: PlacedSelector[] = [];
  walk(expr, (each, parents) => {
    if (each.kind === 'selector') found.push({ selector: each, parents });
  });
  return found;
}

/** The name of the series that a selector asks for, in braces or before them; undefined where it is a pattern. */
export function nameOf({ metric, matchers }: VectorSelector): string | undefined {
  return metric ?? matchers.find(({ label, operator }) => label === '__name__' && operator === '=')?.value;
}
