import { ts } from 'ts-morph';
import type { CallCandidate } from '../../candidate.js';
import { bodyFacts } from '../functions/body-facts.js';
import { callName, timers } from './call-name.js';

/** Why the types of a callback may not be those that they were, once it stands in a call of its own, and what helps. */
export interface Stake {
  readonly code: 'OBS5185' | 'OBS5186';
  readonly message: string;
  readonly help: string;
}

type WrittenFunction = ts.ArrowFunction | ts.FunctionExpression;

/** Calls that register a callback for later: what it is given is settled by what they are called on, and what it returns by nobody. */
const registrations: ReadonlySet<string> = new Set([
  'on',
  'once',
  'addListener',
  'prependListener',
  'prependOnceListener',
  'addEventListener',
  'process',
  'consume',
  'subscribe',
  'listen',
  'work',
  'add',
  'enqueue',
]);

/** Methods of the language with several signatures, or type parameters, that look at a callback to choose among them. */
const inferring: ReadonlySet<string> = new Set([
  'flatMap',
  'from',
  'fromAsync',
  'groupBy',
  'map',
  'reduce',
  'reduceRight',
  'replace',
  'replaceAll',
  'then',
  'catch',
  'transaction',
  '$transaction',
]);

const annotateParameters = 'write the types of its parameters';
const annotateResult = 'write the type of what it returns';

/**
 * Whether a function written in a call may lose types when `keepContext(` comes around it. The compiler types it together with the call's
 * other arguments while it infers what the call is about, but a call within the call is looked at before: parameters without a type
 * become `never` or those of another overload, and literals that are returned become wider. What is registered for later is safe.
 */
export function typesAtStake(
  given: ts.Expression,
  call: CallCandidate['node'],
  name: string,
  source: ts.SourceFile,
): Stake | undefined {
  if (!ts.isArrowFunction(given) && !ts.isFunctionExpression(given)) return undefined;
  return given.parameters.every(({ type, name: own }) => type !== undefined || isThis(own))
    ? resultAtStake(given, call, name, source)
    : parametersAtStake(given, call, name, source);
}

function parametersAtStake(
  given: WrittenFunction,
  call: CallCandidate['node'],
  name: string,
  source: ts.SourceFile,
): Stake | undefined {
  const isRegistered = isRegistration(call);
  const others = call.arguments?.filter((each) => each !== given) ?? [];
  const later = others.filter(({ pos }) => pos > given.pos);
  if (ts.isCallExpression(call) && later.some((each) => !isSimple(each, isRegistered)))
    return {
      code: 'OBS5185',
      message: `the parameters of the callback may have their types from what \`${name}\` is given after it`,
      help: annotateParameters,
    };
  const because = isRegistered
    ? undefined
    : isTimer(call, source)
      ? `\`${name}\` takes them from what comes behind the callback`
      : others.some(hasUntypedParameters)
        ? `\`${name}\` takes them from another function that it is given`
        : isInferredBy(call, name);
  if (because === undefined) return undefined;
  const help = ts.isNewExpression(call)
    ? `${annotateParameters}, or those of \`${name}<…>\``
    : annotateParameters;
  return {
    code: 'OBS5186',
    message: `the parameters of the callback have no types of their own: ${because}`,
    help,
  };
}

/** Type arguments settle what a call is about, except where there are several signatures. */
function isInferredBy(call: CallCandidate['node'], name: string): string | undefined {
  if (inferring.has(callName(call) ?? '')) return `\`${name}\` infers types of its own from them`;
  if (call.typeArguments !== undefined) return undefined;
  if (ts.isNewExpression(call)) return `\`new ${name}\` may infer its own from them`;
  return isUsed(call) ? `what \`${name}\` returns may depend on them, and is used` : undefined;
}

/** `new Map(rows.map((row: Row) => [row.id, row]))`: whether a pair or an array is returned is decided by who wants it. */
function resultAtStake(
  given: WrittenFunction,
  call: CallCandidate['node'],
  name: string,
  source: ts.SourceFile,
): Stake | undefined {
  if (given.type !== undefined || call.typeArguments !== undefined) return undefined;
  if (isRegistration(call) || isTimer(call, source) || !isUsed(call)) return undefined;
  if (!bodyFacts({ node: given, holdsFunctions: false }, source).returned.some(isLiteral)) return undefined;
  return {
    code: 'OBS5186',
    message: `the callback returns a literal, and what \`${name}\` returns may depend on how narrow its type is`,
    help: annotateResult,
  };
}

function isRegistration(call: CallCandidate['node']): boolean {
  return ts.isCallExpression(call) && registrations.has(callName(call) ?? '');
}

function isTimer(call: CallCandidate['node'], source: ts.SourceFile): boolean {
  return timers.test(call.expression.getText(source));
}

/** Whether anybody takes what a call returns: not where it, or the wait for it, is a statement. */
function isUsed(call: ts.Node): boolean {
  const { parent } = call;
  if (ts.isAwaitExpression(parent) || ts.isVoidExpression(parent) || ts.isParenthesizedExpression(parent))
    return isUsed(parent);
  return !ts.isExpressionStatement(parent);
}

/** Delays and names say nothing of what a callback is given; options do not where it is only registered. */
function isSimple(node: ts.Expression, isRegistered: boolean): boolean {
  if (ts.isObjectLiteralExpression(node)) return isRegistered || node.properties.every(isSimpleOption);
  return ts.isLiteralExpression(node) || ts.isFunctionLike(node);
}

function isSimpleOption(property: ts.ObjectLiteralElementLike): boolean {
  return ts.isPropertyAssignment(property) && isLiteral(property.initializer);
}

/** Whether the compiler has to know what is wanted before it can type this: such arguments are looked at last. */
function hasUntypedParameters(node: ts.Node): boolean {
  if (ts.isParenthesizedExpression(node)) return hasUntypedParameters(node.expression);
  if (ts.isObjectLiteralExpression(node))
    return node.properties.some((each) =>
      hasUntypedParameters(ts.isPropertyAssignment(each) ? each.initializer : each),
    );
  if (!ts.isFunctionLike(node)) return false;
  return node.parameters.some(({ type, name }) => type === undefined && !isThis(name));
}

function isLiteral(node: ts.Expression): boolean {
  if (ts.isParenthesizedExpression(node)) return isLiteral(node.expression);
  if (ts.isConditionalExpression(node)) return isLiteral(node.whenTrue) || isLiteral(node.whenFalse);
  if (ts.isPrefixUnaryExpression(node)) return isLiteral(node.operand);
  return (
    ts.isLiteralExpression(node) ||
    ts.isTemplateExpression(node) ||
    ts.isArrayLiteralExpression(node) ||
    ts.isObjectLiteralExpression(node) ||
    node.kind === ts.SyntaxKind.TrueKeyword ||
    node.kind === ts.SyntaxKind.FalseKeyword
  );
}

const isThis = (name: ts.BindingName): boolean => ts.isIdentifier(name) && name.text === 'this';
