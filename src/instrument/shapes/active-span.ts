import { ts } from 'ts-morph';
import type { FunctionCandidate } from '../candidate.js';
import { originOfName } from './name-origin.js';

const {
  forEachChild,
  isCallExpression,
  isClassLike,
  isFunctionLike,
  isIdentifier,
  isPropertyAccessExpression,
} = ts;

/** What each function of a file reads itself; undefined: nothing in the whole file. */
const files = new WeakMap<ts.SourceFile, ReadonlyMap<ts.Node, string> | undefined>();

/**
 * The call by which a function asks OpenTelemetry for the active span or context: `trace.getActiveSpan()`, `context.active()`. In a span of its
 * own it would be told of that one. Undefined where it asks for none; what nested functions ask for does not count.
 */
export function activeSpanRead({ node }: FunctionCandidate, source: ts.SourceFile): string | undefined {
  if (!files.has(source)) files.set(source, mayRead(source) ? readsOf(source) : undefined);
  return files.get(source)?.get(node);
}

/** The message of OBS5115. */
export function readsActiveSpan(read: string): string {
  return `it asks for the active span by \`${read}\`, which would be its own`;
}

/** The parser knows all words of a file. */
function mayRead(source: ts.SourceFile): boolean {
  const { identifiers } = source as ts.SourceFile & { identifiers?: ReadonlyMap<string, string> };
  if (identifiers === undefined || identifiers.has('getActiveSpan')) return true;
  return identifiers.has('context') && identifiers.has('active');
}

function readsOf(source: ts.SourceFile): ReadonlyMap<ts.Node, string> {
  const reads = new Map<ts.Node, string>();
  let owner: ts.Node | undefined;
  const visit = (node: ts.Node): void => {
    const outer = owner;
    if (isFunctionLike(node)) owner = node;
    // Fields run with the constructor, static ones with the class.
    else if (isClassLike(node)) owner = undefined;
    else if (owner !== undefined && isCallExpression(node)) {
      const name = readBy(node.expression);
      if (name !== undefined && !reads.has(owner)) reads.set(owner, name);
    }
    forEachChild(node, visit);
    owner = outer;
  };
  visit(source);
  return reads;
}

function readBy(callee: ts.Expression): string | undefined {
  if (isIdentifier(callee)) return callee.text === 'getActiveSpan' ? callee.text : undefined;
  if (!isPropertyAccessExpression(callee)) return undefined;
  const { expression, name } = callee;
  if (name.text === 'getActiveSpan') return `${lastName(expression)}${name.text}`;
  if (name.text !== 'active' || !isIdentifier(expression) || expression.text !== 'context') return undefined;
  return originOfName(expression) === 'outside' ? 'context.active' : undefined;
}

function lastName(node: ts.Expression): string {
  if (isIdentifier(node)) return `${node.text}.`;
  return isPropertyAccessExpression(node) ? `${node.name.text}.` : '';
}
