import type { Tree, TreeCursor } from '@lezer/common';
import type { Position } from './ast.js';

/** A piece of the grammar's tree. The grammar's own nodes are made anew at each step from one to the next; these are made once. */
export interface GrammarNode extends Position {
  readonly name: string;
  readonly isError: boolean;
  /** Comments are left out. */
  readonly children: readonly GrammarNode[];
}

function nodeAt(cursor: TreeCursor): GrammarNode {
  const { name, from, to } = cursor;
  const { isError } = cursor.type;
  const children: GrammarNode[] = [];
  if (cursor.firstChild()) {
    do {
      if (cursor.name !== 'LineComment') children.push(nodeAt(cursor));
    } while (cursor.nextSibling());
    cursor.parent();
  }
  return { name, from, to, isError, children };
}

/** The whole tree, read once. */
export function grammarTree(tree: Tree): GrammarNode {
  return nodeAt(tree.cursor());
}

/** The first of a node's children with a name. */
export function childNamed(node: GrammarNode, name: string): GrammarNode | undefined {
  return node.children.find((child) => child.name === name);
}

export function childrenNamed(node: GrammarNode, name: string): readonly GrammarNode[] {
  return node.children.filter((child) => child.name === name);
}

export function hasError(node: GrammarNode): boolean {
  return node.children.some((child) => child.isError);
}

export function containsError(node: GrammarNode): boolean {
  return node.isError || node.children.some(containsError);
}

export function position({ from, to }: Position): Position {
  return { from, to };
}
