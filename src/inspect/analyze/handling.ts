import { ts } from 'ts-morph';

/**
 * Whether what handles an error lets it vanish: nothing is thrown, and the error is handed to nobody, neither by its name nor by a call that
 * takes it. A value that stands for the failure (`return undefined`) tells nobody either.
 */
export function handlingOf(body: ts.Node, name: string | undefined): boolean {
  const isHeard = (node: ts.Node): boolean => {
    if (ts.isThrowStatement(node)) return true;
    if (name !== undefined && ts.isIdentifier(node) && node.text === name) return true;
    if (ts.isCallExpression(node) && tells(node)) return true;
    return ts.forEachChild(node, isHeard) ?? false;
  };
  return !isHeard(body);
}

/** `logger.warn(…)`, `metrics.failures.inc()`, `reject(…)`: somebody hears of it, although not of the error itself. */
function tells({ expression }: ts.CallExpression): boolean {
  const last = ts.isPropertyAccessExpression(expression)
    ? expression.name.text
    : ts.isIdentifier(expression)
      ? expression.text
      : '';
  switch (last) {
    case 'trace':
    case 'debug':
    case 'info':
    case 'log':
    case 'warn':
    case 'error':
    case 'fatal':
    case 'inc':
    case 'add':
    case 'record':
    case 'capture':
    case 'captureException':
    case 'reject':
    case 'emit':
    case 'exit':
    case 'abort':
    case 'next':
    case 'done':
      return true;
    default:
      return false;
  }
}
