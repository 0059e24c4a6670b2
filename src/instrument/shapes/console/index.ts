/**
 * The generated logger in the place of the console: the word `console` of a call becomes `logger`, and nothing else changes:
 * `console.error('failed', error)` is then `logger.error('failed', error)`, `console?.log()` is `logger?.log()`.
 */
import { ts } from 'ts-morph';
import type { CallCandidate } from '../../candidate.js';
import { replace, type ShapeResult } from '../../edit.js';
import type { FileContext } from '../../file-context.js';
import type { Chosen } from '../../insertion.js';
import { skipped } from '../functions/skipped.js';
import { isShadowed, namesIn } from './bindings.js';
import { browserSign } from './in-browser.js';

/** The methods that the logger has as well. */
export const loggerMethods: ReadonlySet<string> = new Set(['log', 'info', 'warn', 'error', 'debug', 'trace']);

const wanted: ReadonlySet<string> = new Set(['console']);
const declared = new WeakMap<ts.SourceFile, readonly ts.Identifier[]>();

/** Gives the logger what the console was given. */
export function editConsole({ candidate }: Chosen<CallCandidate>, context: FileContext): ShapeResult {
  const { node, name = 'what is called' } = candidate;
  const { source } = context;
  const callee = node.expression;
  const word = ts.isCallExpression(node) ? consoleOf(callee) : undefined;
  if (word === undefined) {
    const method = name.replace(/^console\./, '');
    return skipped(
      node,
      source,
      'OBS5180',
      loggerMethods.has(method) ? '`console` is not called by its name' : `the logger has no \`${method}\``,
      'name the methods of the rule: call: console.{debug,error,info,log,trace,warn}',
    );
  }
  if (isShadowed(word, declarationsIn(source)))
    return skipped(node, source, 'OBS5181', '`console` is a name of this code, and not the global object');
  const sign = browserSign(node, source);
  if (sign !== undefined)
    return skipped(
      node,
      source,
      'OBS5182',
      `the code seems to run in a browser: ${sign}`,
      'leave it out by `not: { file: … }`; the logger is for Node',
    );
  return {
    edits: [replace(word.getStart(source), word.end, context.use('logger'), callee)],
    form: 'logger',
  };
}

/** The word `console` of `console.log` and `console['log']`; undefined where something else is called. */
function consoleOf(callee: ts.Expression): ts.Identifier | undefined {
  const method = ts.isPropertyAccessExpression(callee)
    ? callee.name.text
    : ts.isElementAccessExpression(callee) && ts.isStringLiteralLike(callee.argumentExpression)
      ? callee.argumentExpression.text
      : undefined;
  if (method === undefined || !loggerMethods.has(method)) return undefined;
  const { expression } = callee as ts.PropertyAccessExpression | ts.ElementAccessExpression;
  return ts.isIdentifier(expression) && expression.text === 'console' ? expression : undefined;
}

function declarationsIn(source: ts.SourceFile): readonly ts.Identifier[] {
  let found = declared.get(source);
  if (found === undefined)
    declared.set(source, (found = namesIn(source, wanted).get('console')?.declarations ?? []));
  return found;
}
