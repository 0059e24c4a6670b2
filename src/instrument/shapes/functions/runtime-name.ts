import { ts } from 'ts-morph';

const {
  isAsExpression,
  isBigIntLiteral,
  isBinaryExpression,
  isBindingElement,
  isComputedPropertyName,
  isExportAssignment,
  isIdentifier,
  isNonNullExpression,
  isParameter,
  isParenthesizedExpression,
  isPropertyAssignment,
  isPropertyDeclaration,
  isSatisfiesExpression,
  isShorthandPropertyAssignment,
  isStringLiteralLike,
  isTypeAssertionExpression,
  isVariableDeclaration,
} = ts;
const {
  AmpersandAmpersandEqualsToken: ampersandAmpersandEqualsToken,
  BarBarEqualsToken: barBarEqualsToken,
  EqualsToken: equalsToken,
  QuestionQuestionEqualsToken: questionQuestionEqualsToken,
} = ts.SyntaxKind;

/**
 * The `name` that the language gives a function expression where it stands; undefined where only a run can tell, as for a computed key.
 * A function that is handed to a helper first loses what its place would have called it.
 */
export function runtimeName(node: ts.FunctionExpression | ts.ArrowFunction): string | undefined {
  if (node.name !== undefined) return node.name.text;
  const { inner, parent } = outOfParentheses(node);
  if (isVariableDeclaration(parent) || isParameter(parent) || isBindingElement(parent))
    return parent.initializer === inner && isIdentifier(parent.name) ? parent.name.text : '';
  if (isPropertyAssignment(parent) || isPropertyDeclaration(parent)) return keyName(parent.name);
  if (isShorthandPropertyAssignment(parent)) return parent.name.text;
  if (isExportAssignment(parent)) return parent.isExportEquals === true ? '' : 'default';
  if (isBinaryExpression(parent) && parent.right === inner && isAssignment(parent.operatorToken.kind))
    return isIdentifier(parent.left) ? parent.left.text : '';
  return '';
}

/** A function with the parentheses, casts and `satisfies` around it, and what they stand in. */
export function outOfParentheses(node: ts.Node): { readonly inner: ts.Node; readonly parent: ts.Node } {
  let inner = node;
  while (
    isParenthesizedExpression(inner.parent) ||
    isAsExpression(inner.parent) ||
    isSatisfiesExpression(inner.parent) ||
    isNonNullExpression(inner.parent) ||
    isTypeAssertionExpression(inner.parent)
  )
    inner = inner.parent;
  return { inner, parent: inner.parent };
}

function isAssignment(kind: ts.SyntaxKind): boolean {
  return (
    kind === equalsToken ||
    kind === barBarEqualsToken ||
    kind === ampersandAmpersandEqualsToken ||
    kind === questionQuestionEqualsToken
  );
}

function keyName(name: ts.PropertyName): string | undefined {
  if (isComputedPropertyName(name))
    return isStringLiteralLike(name.expression) ? name.expression.text : undefined;
  if (isBigIntLiteral(name)) return undefined;
  return name.text;
}
