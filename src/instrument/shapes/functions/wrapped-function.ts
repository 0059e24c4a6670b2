import type { ts } from 'ts-morph';
import { insert, type ShapeResult } from '../../edit.js';
import { quoted, type FileContext } from '../../file-context.js';
import type { Insertion } from '../../insertion.js';
import { recordedArguments } from '../../observed.js';
import { closingAt, glueAt } from './line-ends.js';

/** Hands a function expression to a helper that returns its traced form: `traceFunction(spans.agentRun, 'run', async () => { … })`. */
export function wrappedFunction(
  node: ts.FunctionExpression | ts.ArrowFunction,
  name: string,
  insertion: Insertion,
  context: FileContext,
): ShapeResult {
  const before = [...recordedArguments(insertion, context), quoted(context, name), ''].join(', ');
  const { source, text } = context;
  const start = node.getStart(source);
  return {
    edits: [
      insert(start, `${glueAt(text, start)}${context.use('traceFunction')}(${before}`, 'open', node),
      insert(node.end, closingAt(text, node.end), 'close', node),
    ],
    form: 'wrapped function',
  };
}
