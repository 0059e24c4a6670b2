import { ts } from 'ts-morph';
import type { CallCandidate } from '../../candidate.js';
import { callName } from './call-name.js';

/** Calls that find a function again by what it is. */
const finders =
  /^(?:off|remove\w*|un[a-z]+|clear\w*|delete|detach|dispose|cancel|has|includes|indexOf|lastIndexOf)$/;

/** Calls that take the same function once only, so that they look whether they have it. */
const onlyOnce = /^(?:addEventListener|add|set)$/;

/**
 * Where a file relies on a function to be the very one that a call is given: it is taken out again, looked for, or compared. A short fact;
 * undefined where nothing does.
 */
export function identityUse(
  reference: string,
  call: CallCandidate['node'],
  source: ts.SourceFile,
): string | undefined {
  const own = callName(call);
  if (own !== undefined && onlyOnce.test(own)) return `\`${own}\` takes the same function only once`;
  const isMeant = (node: ts.Node): boolean =>
    (ts.isIdentifier(node) || ts.isPropertyAccessExpression(node)) && node.getText(source) === reference;
  const visit = (node: ts.Node): string | undefined => {
    if (node !== call && ts.isCallExpression(node) && node.arguments.some(isMeant)) {
      const name = callName(node);
      if (name !== undefined && finders.test(name)) return `\`${name}\` is given it as well`;
    }
    if (ts.isBinaryExpression(node) && isComparison(node) && (isMeant(node.left) || isMeant(node.right)))
      return 'it is compared';
    return ts.forEachChild(node, visit);
  };
  // Most files do not name it twice.
  const { text } = source;
  const first = text.indexOf(reference);
  return text.indexOf(reference, first + 1) < 0 ? undefined : ts.forEachChild(source, visit);
}

function isComparison({ operatorToken }: ts.BinaryExpression): boolean {
  switch (operatorToken.kind) {
    case ts.SyntaxKind.EqualsEqualsToken:
    case ts.SyntaxKind.EqualsEqualsEqualsToken:
    case ts.SyntaxKind.ExclamationEqualsToken:
    case ts.SyntaxKind.ExclamationEqualsEqualsToken:
      return true;
    default:
      return false;
  }
}
