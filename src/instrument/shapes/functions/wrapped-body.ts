import { ts } from 'ts-morph';
import type { FunctionNode } from '../../candidate.js';
import { insert, type Edit, type ShapeResult } from '../../edit.js';
import type { FileContext } from '../../file-context.js';
import type { Insertion } from '../../insertion.js';
import { recordedArguments } from '../../observed.js';
import { eachReturn } from './body-facts.js';
import { mayNotReturn } from './edit-call.js';
import { closingAt } from './line-ends.js';
import { rootsText } from './roots.js';

const {
  isArrowFunction,
  isBlock,
  isCallExpression,
  isExpressionStatement,
  isIterationStatement,
  isReturnStatement,
  isSetAccessorDeclaration,
  isStringLiteral,
  isThrowStatement,
  isTryStatement,
  isTypePredicateNode,
} = ts;
const { AsyncKeyword: asyncKeyword } = ts.SyntaxKind;

/**
 * Runs the body of a function in a function of its own, which keeps `this`, `arguments`, `super` and `new.target`:
 * `({ city }) => traceCall(spans.toolCall, { city: 'args.0.city' }, { args: [{ city }] }, () => …)`.
 *
 * An async function stays one and awaits the inner one: it can be told from others, parameters that throw have to reject, and without
 * its `async` the result of several `return` would not be typed by what is around it.
 */
export function wrappedBody(
  node: FunctionNode,
  insertion: Insertion,
  context: FileContext,
): ShapeResult | undefined {
  const { body } = node;
  if (body === undefined) return undefined;
  const { source } = context;
  const recorded = recordedArguments(insertion, context);
  // With attributes, the helper takes its third argument for the roots.
  const roots = rootsText(node, insertion, context) ?? (recorded.length > 1 ? '{}' : undefined);
  const given = [...recorded, ...(roots === undefined ? [] : [roots])].join(', ');
  const isAsync = node.modifiers?.some(({ kind }) => kind === asyncKeyword) === true;
  const call = `${context.use('traceCall')}(${given}, ${isAsync ? 'async ' : ''}()${resultType(node, source)} =>`;
  const head = isAsync ? `await ${call}` : call;
  const edits: Edit[] = [];
  const isSilent = returnsNothing(node);
  if (isArrowFunction(node) && !isSilent) {
    edits.push(insert(body.getStart(source), `${head} `, 'open', node));
    edits.push(insert(body.end, closingAt(context.text, body.end), 'close', node));
  } else {
    const returns = isSilent ? '' : 'return ';
    const opening = ` ${returns}${head} {`;
    const closing = context.semicolons ? '}); ' : '}) ';
    const start = body.getStart(source) + 1;
    if (start === body.end - 1) edits.push(insert(start, opening + closing, 'open', node));
    else {
      edits.push(insert(start, opening, 'open', node));
      edits.push(insert(body.end - 1, closing, 'close', node));
    }
  }
  return { edits, form: 'wrapped body' };
}

/**
 * Whether a function never has a value: it is not given one, so that the compiler still takes it for what it was. One that ends by throwing,
 * or in a loop, has the type `never` instead.
 */
function returnsNothing(node: FunctionNode): boolean {
  if (isSetAccessorDeclaration(node)) return true;
  const { body } = node;
  if (body === undefined || !isBlock(body) || node.type !== undefined) return false;
  const last = body.statements.at(-1);
  // So most end; there is no need to look through the rest.
  if (last !== undefined && isReturnStatement(last) && last.expression !== undefined) return false;
  return (
    !(last !== undefined && mayNotEnd(last)) &&
    !eachReturn(body, ({ expression }) => expression !== undefined)
  );
}

function mayNotEnd(statement: ts.Statement): boolean {
  if (isExpressionStatement(statement)) {
    const call = statement.expression;
    return isCallExpression(call) && mayNotReturn(call);
  }
  return isThrowStatement(statement) || isIterationStatement(statement, false) || isTryStatement(statement);
}

/** Whether all that a file exports has to be an async function as it is written. */
export function isServerFile(source: ts.SourceFile): boolean {
  const [first] = source.statements;
  return (
    first !== undefined &&
    isExpressionStatement(first) &&
    isStringLiteral(first.expression) &&
    first.expression.text === 'use server'
  );
}

/** The declared result, which the inner function needs as well. */
function resultType(node: FunctionNode, source: ts.SourceFile): string {
  const { type } = node;
  if (type === undefined || isSetAccessorDeclaration(node)) return '';
  if (isTypePredicateNode(type)) return type.assertsModifier === undefined ? ': boolean' : ': void';
  return `: ${source.text.slice(type.getStart(source), type.end)}`;
}
