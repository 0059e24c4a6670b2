import { ts } from 'ts-morph';
import { outOfParentheses } from './runtime-name.js';

const {
  isArrayLiteralExpression,
  isCallExpression,
  isExportAssignment,
  isNewExpression,
  isObjectLiteralExpression,
  isParenthesizedExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isPropertyDeclaration,
  isVariableDeclaration,
} = ts;
const { AsyncKeyword: asyncKeyword } = ts.SyntaxKind;

/** Where a function expression stands, as far as that decides on the form it gets. */
export type Surroundings =
  /** The value of a variable or class field, with or without an annotation, of a default export or of an assignment. */
  | { readonly kind: 'value'; readonly isAnnotated: boolean }
  /** Called where it stands; what it narrows and assigns counts around it, unless it is async. */
  | { readonly kind: 'called' }
  /** In an argument, an object or a result: its type may be inferred together with what is around it. */
  | { readonly kind: 'inferred' };

/** Looks at what a function expression stands in. */
export function surroundingsOf(node: ts.FunctionExpression | ts.ArrowFunction): Surroundings {
  const { inner, parent } = outOfParentheses(node);
  if (isCalled(inner, parent)) {
    const isAsync = node.modifiers?.some(({ kind }) => kind === asyncKeyword) === true;
    return { kind: isAsync ? 'inferred' : 'called' };
  }
  if (inner !== node && !isParenthesizedExpression(node.parent)) return { kind: 'inferred' };
  if (isVariableDeclaration(parent) || isPropertyDeclaration(parent))
    return { kind: 'value', isAnnotated: parent.type !== undefined };
  if (isExportAssignment(parent)) return { kind: 'value', isAnnotated: false };
  if (isPropertyAssignment(parent) && !isInferred(parent.parent))
    return { kind: 'value', isAnnotated: false };
  return { kind: 'inferred' };
}

/** `(() => …)()`, `(function () { … }).call(this)`. */
function isCalled(inner: ts.Node, parent: ts.Node): boolean {
  if (isCallExpression(parent) || isNewExpression(parent)) return parent.expression === inner;
  return isPropertyAccessExpression(parent);
}

/** Whether an object literal is part of what a call or a result infers types from. */
function isInferred(object: ts.Node): boolean {
  let { parent } = outOfParentheses(object);
  while (
    isPropertyAssignment(parent) ||
    isObjectLiteralExpression(parent) ||
    isArrayLiteralExpression(parent)
  )
    ({ parent } = outOfParentheses(parent));
  return !(isVariableDeclaration(parent) || isPropertyDeclaration(parent) || isExportAssignment(parent));
}
