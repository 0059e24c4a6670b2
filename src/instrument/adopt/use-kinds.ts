import { ts } from 'ts-morph';
import { writtenName } from './expressions.js';

/** What a declaration is called; undefined where it has no name. */
export function nameOf(declaration: ts.Declaration): string | undefined {
  if (ts.isBinaryExpression(declaration)) return nameOf(declaration.left as unknown as ts.Declaration);
  if (ts.isPropertyAccessExpression(declaration)) return declaration.name.text;
  if (ts.isIdentifier(declaration)) return declaration.text;
  return writtenName((declaration as ts.NamedDeclaration).name);
}

/** Names that only say what is declared. */
export function isDeclarationName(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isShorthandPropertyAssignment(parent) || ts.isExportAssignment(parent)) return false;
  return (
    (ts.isVariableDeclaration(parent) ||
      ts.isPropertyDeclaration(parent) ||
      ts.isPropertySignature(parent) ||
      ts.isParameter(parent) ||
      ts.isBindingElement(parent) ||
      ts.isFunctionLike(parent) ||
      ts.isClassLike(parent) ||
      ts.isEnumMember(parent) ||
      ts.isImportClause(parent) ||
      ts.isImportEqualsDeclaration(parent) ||
      ts.isNamespaceImport(parent)) &&
    parent.name === node
  );
}

/** Questions about whether it is there. */
export function isHarmless(at: ts.Expression): boolean {
  const { parent } = at;
  if (ts.isPrefixUnaryExpression(parent)) return parent.operator === ts.SyntaxKind.ExclamationToken;
  if (ts.isTypeOfExpression(parent) || ts.isVoidExpression(parent)) return true;
  if (ts.isIfStatement(parent) || ts.isWhileStatement(parent)) return parent.expression === at;
  if (ts.isConditionalExpression(parent)) return parent.condition === at;
  if (!ts.isBinaryExpression(parent)) return false;
  switch (parent.operatorToken.kind) {
    case ts.SyntaxKind.EqualsEqualsToken:
    case ts.SyntaxKind.EqualsEqualsEqualsToken:
    case ts.SyntaxKind.ExclamationEqualsToken:
    case ts.SyntaxKind.ExclamationEqualsEqualsToken:
      return true;
    case ts.SyntaxKind.AmpersandAmpersandToken:
      return parent.left === at;
    default:
      return false;
  }
}

/** `({ requests } = something)` */
export function isAssignmentTarget(object: ts.Node): boolean {
  let at = object;
  while (ts.isParenthesizedExpression(at.parent)) at = at.parent;
  const { parent } = at;
  return (
    ts.isBinaryExpression(parent) &&
    parent.left === at &&
    parent.operatorToken.kind === ts.SyntaxKind.EqualsToken
  );
}

/** What becomes of an expression that is handed on. */
export function fate(at: ts.Expression): string {
  const { parent } = at;
  if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) {
    const callee = parent.expression.getText().replace(/\s+/g, ' ').slice(0, 60);
    return `passed on to \`${callee}\``;
  }
  if (ts.isReturnStatement(parent) || ts.isArrowFunction(parent)) return 'returned by a function';
  if (ts.isArrayLiteralExpression(parent)) return 'put into a list';
  if (ts.isSpreadAssignment(parent) || ts.isSpreadElement(parent)) return 'spread';
  if (ts.isAsExpression(parent) || ts.isTypeAssertionExpression(parent)) return 'given another type';
  if (ts.isConditionalExpression(parent) || ts.isBinaryExpression(parent)) return 'one of several values';
  if (ts.isElementAccessExpression(parent)) return 'used as an object';
  return 'handed on';
}
