import type { SyntaxNode } from '@lezer/common';
import type { Position } from './ast.js';

/** The nodes below a node of the grammar, comments left out. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (child.name !== 'LineComment') found.push(child);
  }
  return found;
}

export function hasError(node: SyntaxNode): boolean {
  return childrenOf(node).some((child) => child.type.isError);
}

export function containsError(node: SyntaxNode): boolean {
  return node.type.isError || childrenOf(node).some(containsError);
}

export function position({ from, to }: Position): Position {
  return { from, to };
}
