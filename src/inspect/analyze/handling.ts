import { ts } from 'ts-morph';
import type { Unit } from './unit.js';

/** Notes a `catch`, and whether the error is gone afterwards. */
export function noteCatch(clause: ts.CatchClause, line: number, unit: Unit): void {
  unit.catches.push(line);
  const name = clause.variableDeclaration?.name;
  const tried = clause.parent.tryBlock;
  // What fails at once and has another value to go on with is no loss: `try { JSON.parse(x) } catch { return x }`.
  const isFallback = clause.block.statements.length > 0 && !waits(tried);
  const isSwallowed =
    !isFallback &&
    isUnheard(clause.block, name !== undefined && ts.isIdentifier(name) ? name.text : undefined);
  if (isSwallowed) unit.swallowed.push(line);
}

function waits(node: ts.Node): boolean {
  return ts.isAwaitExpression(node) || (ts.forEachChild(node, waits) ?? false);
}

/** `.catch(() => undefined)` hides an error as an empty block does. */
export function noteRejection({ arguments: [handler] }: ts.CallExpression, line: number, unit: Unit): void {
  unit.catches.push(line);
  if (handler === undefined || !(ts.isArrowFunction(handler) || ts.isFunctionExpression(handler))) return;
  const name = handler.parameters[0]?.name;
  if (isUnheard(handler.body, name !== undefined && ts.isIdentifier(name) ? name.text : undefined))
    unit.swallowed.push(line);
}

/**
 * Whether what handles an error lets it vanish: nothing is thrown, and the error is handed to nobody, neither by its name nor by a call that
 * takes it. A value that stands for the failure (`return undefined`) tells nobody either.
 */
function isUnheard(body: ts.Node, name: string | undefined): boolean {
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
