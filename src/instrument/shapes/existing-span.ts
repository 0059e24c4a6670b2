import { ts } from 'ts-morph';
import type { Candidate } from '../candidate.js';
import { agentHelper, mayUseAgentHelpers } from './agent-helpers.js';
import { originOfName } from './name-origin.js';

const {
  canHaveDecorators,
  forEachChild,
  getDecorators,
  isArrayLiteralExpression,
  isAsExpression,
  isCallExpression,
  isClassLike,
  isFunctionLike,
  isIdentifier,
  isNonNullExpression,
  isObjectLiteralExpression,
  isParenthesizedExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isSourceFile,
} = ts;

/** Calls that open a span, by the last part of their name. */
const openers = new Set([
  'startActiveSpan',
  'startSpan',
  'startInactiveSpan',
  'startSpanManual',
  'withSpan',
  'withActiveSpan',
  'startObservation',
  'startActiveObservation',
  'traceable',
  'wrapTraced',
]);

/** Openers whose names other things have as well: as members they count only where a tracer or something imported has them. */
const commonOpeners = new Set(['startSpan', 'withSpan']);

/** Calls that open a span only on something called like a tracer, by their last part. */
const ofTracers = ['trace', 'wrap', 'startChild', 'startTrace', 'span'];

/** Functions that make a function with a span out of another. */
const wrappers = new Set([
  'traceable',
  'observe',
  'traced',
  'wrapTraced',
  'withTracing',
  'withTrace',
  'withSpan',
]);

/** Decorators that put a span around a method. */
const decorators = new Set([
  'traced',
  'Span',
  'Trace',
  'Traceable',
  'traceable',
  'observe',
  'Observe',
  'WithSpan',
  'withSpan',
  'tracer',
]);

/** Members of a span helper that open a span. */
const helperMembers = new Set(['start', 'generator', 'asyncGenerator', 'stream']);

/** A file in which any function has a span uses one of these names, a decorator, or one `ofTracers` and that of a tracer. Most do not. */
const hints = [...new Set([...openers, ...wrappers, 'spans'])];
const tracers = ['langfuse', 'opik', 'braintrust', '_langfuse', '_opik', '_braintrust'];
const tracerName = /^_?(?:\w*[tT]racer|langfuse|opik|braintrust)$/;

/** The first span that each function of a file opens itself; undefined: the file has none at all. */
const files = new WeakMap<ts.SourceFile, { readonly opened: ReadonlyMap<ts.Node, string> | undefined }>();

/**
 * The span that a function or call has already: opened in its own body by OpenTelemetry, a span helper or a vendor's SDK, put around it by
 * a wrapper or a decorator. Undefined where there is none. What nested functions open does not count.
 * @param source the candidate's file, where it is at hand
 */
export function existingSpan(
  { kind, node }: Candidate,
  source: ts.SourceFile = node.getSourceFile(),
): string | undefined {
  const opened = openedIn(source);
  if (opened === undefined) return undefined;
  if (kind === 'call') return aroundCall(node);
  return aroundFunction(node) ?? decorated(node) ?? opened.get(node);
}

function openedIn(source: ts.SourceFile): ReadonlyMap<ts.Node, string> | undefined {
  let known = files.get(source);
  if (known === undefined) {
    known = { opened: mayHaveSpans(source) ? openedByFunctions(source) : undefined };
    files.set(source, known);
  }
  return known.opened;
}

function mayHaveSpans(source: ts.SourceFile): boolean {
  // Not in the declarations: the parser knows all words of a file.
  const { identifiers, text } = source as ts.SourceFile & { identifiers?: ReadonlyMap<string, string> };
  if (identifiers === undefined || hints.some((word) => identifiers.has(word))) return true;
  if (mayUseAgentHelpers(identifiers, text)) return true;
  // Types may be called so as well.
  const isDecorator = (word: string): boolean => text.includes(`@${word}`) || text.includes(`.${word}`);
  for (const word of decorators) if (identifiers.has(word) && isDecorator(word)) return true;
  if (!ofTracers.some((word) => identifiers.has(word))) return false;
  return tracers.some((word) => identifiers.has(word)) || text.includes('racer');
}

/** One walk over the file, since walks for each function would look through what is nested again and again. */
function openedByFunctions(source: ts.SourceFile): ReadonlyMap<ts.Node, string> {
  const opened = new Map<ts.Node, string>();
  let body: ts.Node | undefined;
  const visit = (node: ts.Node): void => {
    const outer = body;
    // What stands in parameters or in a class runs elsewhere or not at all.
    if (isFunctionLike(node) || isClassLike(node)) body = undefined;
    else if (isBody(node)) body = node;
    if (body !== undefined && isCallExpression(node) && !opened.has(body.parent)) {
      const found = spanOf(node);
      if (found !== undefined) opened.set(body.parent, found);
    }
    forEachChild(node, visit);
    body = outer;
  };
  visit(source);
  return opened;
}

function isBody(node: ts.Node): boolean {
  const { parent } = node as { readonly parent: ts.Node | undefined };
  return parent !== undefined && isFunctionLike(parent) && (parent as ts.FunctionDeclaration).body === node;
}

/** A call is observed where it is all that a function with a span does, or opens one itself. */
function aroundCall(node: ts.CallExpression | ts.NewExpression): string | undefined {
  const own = isCallExpression(node) ? spanOf(node) : undefined;
  if (own !== undefined) return own;
  let each: ts.Node = node;
  while (!isFunctionLike(each)) {
    if (isSourceFile(each)) return undefined;
    each = each.parent;
  }
  return aroundFunction(each);
}

/** `tracer.startActiveSpan('x', () => …)`, `traceable(async () => …)`, `agents.wrapTools({ search: async () => … })`. */
function aroundFunction(node: ts.Node): string | undefined {
  let { parent } = node;
  while (isParenthesizedExpression(parent) || isAsExpression(parent)) ({ parent } = parent);
  if (!isCallExpression(parent)) return isFunctionLike(node) ? aroundTools(node) : undefined;
  if (parent.expression === node) return undefined;
  const name = namesOf(parent.expression);
  const isWrapper = wrappers.has(name.at(-1) ?? '') || agentHelper(parent, name) !== undefined;
  return spanOf(parent) ?? (isWrapper ? `\`${name.join('.')}\`` : undefined);
}

/** The registry of tools that a function is a member of, where all of it is measured. */
function aroundTools(node: ts.Node): string | undefined {
  let registry = node;
  while (!isCallExpression(registry.parent)) {
    registry = registry.parent;
    const isPart = isPropertyAssignment(registry) || isObjectLiteralExpression(registry);
    if (!isPart && !isArrayLiteralExpression(registry)) return undefined;
  }
  const name = namesOf(registry.parent.expression);
  return agentHelper(registry.parent, name) === 'wraps' ? `\`${name.join('.')}\`` : undefined;
}

function decorated(node: ts.Node): string | undefined {
  if (!canHaveDecorators(node)) return undefined;
  for (const { expression } of getDecorators(node) ?? []) {
    const name = namesOf(isCallExpression(expression) ? expression.expression : expression);
    if (decorators.has(name.at(-1) ?? '')) return `\`@${name.join('.')}\``;
  }
  return undefined;
}

/** The name of what opens a span in a call. */
function spanOf(call: ts.CallExpression): string | undefined {
  const { expression } = call;
  const names = namesOf(expression);
  const last = names.at(-1);
  if (last === undefined) return undefined;
  const before = names.at(-2);
  return isOpener(expression, last, before) ||
    isHelper(expression, names) ||
    agentHelper(call, names) === 'opens'
    ? `\`${names.join('.')}\``
    : undefined;
}

function isOpener(expression: ts.Expression, last: string, before: string | undefined): boolean {
  if (ofTracers.includes(last) && before !== undefined && tracerName.test(before)) return true;
  if (!openers.has(last)) return false;
  return !commonOpeners.has(last) || before === undefined || /tracer$/i.test(before) || isTracer(expression);
}

/** Whether what has a member comes from another module, or is made by what makes tracers. */
function isTracer(expression: ts.Expression): boolean {
  const root = rootOf(expression);
  if (root === undefined) return false;
  const origin = originOfName(root);
  if (origin === 'outside') return true;
  const { type, initializer } = origin;
  const made = initializer === undefined ? undefined : namesOf(initializer).at(-1);
  return /tracer/i.test(made ?? '') || (type !== undefined && /Tracer\b/.test(type.getText()));
}

/** `spans.agentRun()` and `spans.agentRun.start()`, where `spans` is no variable of the file's own: those may be anything. */
function isHelper(expression: ts.Expression, names: readonly string[]): boolean {
  const at = names.at(-2) === 'spans' ? -2 : helperMembers.has(names.at(-1) ?? '') ? -3 : undefined;
  if (at === undefined || names.at(at) !== 'spans') return false;
  const root = rootOf(expression);
  return root !== undefined && originOfName(root) === 'outside';
}

/** The name that an expression begins with; undefined for `this.tracer` and the like. */
function rootOf(node: ts.Expression): ts.Identifier | undefined {
  let inner = node;
  while (
    isPropertyAccessExpression(inner) ||
    isCallExpression(inner) ||
    isNonNullExpression(inner) ||
    isParenthesizedExpression(inner)
  )
    inner = inner.expression;
  return isIdentifier(inner) ? inner : undefined;
}

/** The parts of a name: `this.tracer.trace` without `this`; of a call on the way its callee. */
function namesOf(node: ts.Expression): readonly string[] {
  const names: string[] = [];
  let inner = node;
  for (;;) {
    if (isIdentifier(inner)) {
      names.push(inner.text);
      break;
    }
    if (isPropertyAccessExpression(inner)) names.push(inner.name.text);
    else if (!isNonNullExpression(inner) && !isParenthesizedExpression(inner) && !isCallExpression(inner))
      break;
    inner = inner.expression;
  }
  return names.reverse();
}
