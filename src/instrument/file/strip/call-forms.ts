import { ts } from 'ts-morph';
import { loggerMethods } from '../../shapes/console/index.js';
import { cut, type Reading, type TakenOut } from './cut.js';

/** `logger.log(…)`, `logger?.log(…)`, `logger['log'](…)`: the word was `console`. */
export function replacedConsole(node: ts.CallExpression, { source, helpers }: Reading): TakenOut | undefined {
  const callee = node.expression;
  const isElement = ts.isElementAccessExpression(callee);
  if (!isElement && !ts.isPropertyAccessExpression(callee)) return undefined;
  const method = isElement ? callee.argumentExpression : callee.name;
  if (!(ts.isIdentifier(method) || ts.isStringLiteralLike(method)) || !loggerMethods.has(method.text))
    return undefined;
  const logger = callee.expression;
  if (helpers.of(logger) !== 'logger') return undefined;
  return {
    cuts: [{ start: logger.getStart(source), end: logger.end, text: 'console' }],
    places: [node.getStart(source)],
  };
}

/** `keepContext(callback)` among the arguments of a call. */
export function keptContext(node: ts.CallExpression, { source, helpers }: Reading): TakenOut | undefined {
  const [callback, ...others] = helpers.callOf(node, 'keepContext') ?? [];
  const { parent } = node;
  if (callback === undefined || others.length > 0) return undefined;
  if (!(ts.isCallExpression(parent) || ts.isNewExpression(parent)) || parent.expression === node)
    return undefined;
  return {
    cuts: [
      cut({ start: node.getStart(source), end: callback.getStart(source) }),
      cut({ start: callback.end, end: node.end }),
    ],
    places: [parent.getStart(source)],
  };
}
