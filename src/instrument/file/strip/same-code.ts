import { ts } from 'ts-morph';
import { parseSource } from '../../find/parse-file.js';

/**
 * Whether a text is the same code as a parsed file, but for what a formatter changes: white space, quotes, semicolons, trailing commas,
 * parentheses around a whole expression or the one parameter of an arrow.
 */
export function sameCode(text: string, source: ts.SourceFile): boolean {
  return areSame(parseSource(source.fileName, text), source);
}

function areSame(one: ts.Node, other: ts.Node): boolean {
  const a = unwrapped(one);
  const b = unwrapped(other);
  if (a.kind !== b.kind || wordOf(a) !== wordOf(b)) return false;
  const left = childrenOf(a);
  const right = childrenOf(b);
  return (
    left.length === right.length && left.every((child, index) => areSame(child, right[index] as ts.Node))
  );
}

function unwrapped(node: ts.Node): ts.Node {
  return ts.isParenthesizedExpression(node) ? unwrapped(node.expression) : node;
}

/** The text of a word or literal; a number for flags that have no node of their own: `const`, `!`. */
function wordOf(node: ts.Node): string | number {
  if (ts.isJsxText(node)) return node.text.replaceAll(/\s+/g, ' ').trim();
  if (ts.isIdentifier(node) || ts.isPrivateIdentifier(node)) return node.text;
  if (ts.isTemplateLiteralToken(node)) return node.rawText ?? node.text;
  if (ts.isLiteralExpression(node)) return node.text;
  if (ts.isVariableDeclarationList(node)) return node.flags & ts.NodeFlags.BlockScoped;
  if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) return node.operator;
  if (ts.isTypeOperatorNode(node)) return node.operator;
  return 0;
}

function childrenOf(node: ts.Node): readonly ts.Node[] {
  const children: ts.Node[] = [];
  ts.forEachChild(node, (child) => {
    if (!ts.isEmptyStatement(child) && child.kind !== ts.SyntaxKind.EndOfFileToken) children.push(child);
  });
  return children;
}
