import { ts } from 'ts-morph';
import type { FunctionCandidate, FunctionNode } from '../../candidate.js';
import type { ShapeResult } from '../../edit.js';
import type { FileContext } from '../../file-context.js';
import type { BodyFacts } from './body-facts.js';
import { skipped } from './skipped.js';
import { outOfParentheses } from './runtime-name.js';

const {
  forEachChild,
  isArrayLiteralExpression,
  isArrowFunction,
  isBinaryExpression,
  isBlock,
  isCallExpression,
  isConditionalExpression,
  isFunctionExpression,
  isIdentifier,
  isLiteralExpression,
  isNewExpression,
  isObjectLiteralExpression,
  isParenthesizedExpression,
  isPrefixUnaryExpression,
  isPrivateIdentifier,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isSetAccessorDeclaration,
  isTemplateExpression,
  isThrowStatement,
} = ts;
const {
  AmpersandAmpersandToken: ampersandAmpersandToken,
  AsyncKeyword: asyncKeyword,
  BarBarToken: barBarToken,
  EqualsEqualsEqualsToken: equalsEqualsEqualsToken,
  EqualsEqualsToken: equalsEqualsToken,
  ExclamationEqualsEqualsToken: exclamationEqualsEqualsToken,
  ExclamationEqualsToken: exclamationEqualsToken,
  ExclamationToken: exclamationToken,
  FalseKeyword: falseKeyword,
  InKeyword: inKeyword,
  InstanceOfKeyword: instanceOfKeyword,
  TrueKeyword: trueKeyword,
} = ts.SyntaxKind;

const annotate = 'write the type of the result at the function; then it can be instrumented';

/** Why a body cannot become a function of its own without changing a type; undefined where it can. */
export function lostTypes(
  { node, name }: FunctionCandidate,
  facts: BodyFacts,
  context: FileContext,
): ShapeResult | undefined {
  const { source } = context;
  if (facts.capturedParameter !== undefined)
    return skipped(
      node,
      source,
      'OBS5105',
      `the parameter \`${facts.capturedParameter}\` is assigned and used in a nested function: what is known of its type would be lost`,
      'assign to a variable of the body instead of the parameter',
    );
  if (node.type !== undefined || isSetAccessorDeclaration(node)) return undefined;
  if (name !== undefined && facts.returned.some((value) => mentions(value, name, source)))
    return skipped(
      node,
      source,
      'OBS5106',
      `the type of what \`${name}\` returns is inferred from itself`,
      annotate,
    );
  if (isGuard(node, facts))
    return skipped(
      node,
      source,
      'OBS5104',
      'the compiler may infer a type guard from the one expression that is returned',
      annotate,
    );
  if (neverReturns(node, facts))
    return skipped(
      node,
      source,
      'OBS5107',
      'nothing is returned, and the function ends by throwing',
      annotate,
    );
  if (returnsSomeFunction(facts))
    return skipped(
      node,
      source,
      'OBS5114',
      'one of several results is a function whose parameters are typed by what is around it',
      annotate,
    );
  if (isLiteralArgument(node, facts))
    return skipped(
      node,
      source,
      'OBS5108',
      'the result is a literal, whose type the call around it may infer',
      annotate,
    );
  return undefined;
}

/** Whether an expression has a name in it, as a variable or as a property. */
function mentions(node: ts.Node, name: string, source: ts.SourceFile): boolean {
  if (!source.text.slice(node.pos, node.end).includes(name)) return false;
  if (isIdentifier(node) || isPrivateIdentifier(node)) return node.text === name;
  return forEachChild(node, (child) => mentions(child, name, source)) ?? false;
}

/** A function whose one result may tell something of a parameter: `(v: string | undefined) => v !== undefined`. */
function isGuard(node: FunctionNode, { returned, bareReturns }: BodyFacts): boolean {
  const [value, ...others] = returned;
  if (value === undefined || others.length > 0 || bareReturns > 0) return false;
  if (node.modifiers?.some(({ kind }) => kind === asyncKeyword) === true) return false;
  const names = new Set<string>();
  for (const { name, dotDotDotToken } of node.parameters)
    if (isIdentifier(name) && dotDotDotToken === undefined) names.add(name.text);
  return names.size > 0 && refines(value, names, isPredicateArgument(node));
}

function refines(value: ts.Expression, names: ReadonlySet<string>, isPredicate: boolean): boolean {
  if (isParenthesizedExpression(value)) return refines(value.expression, names, isPredicate);
  if (isPrefixUnaryExpression(value))
    return value.operator === exclamationToken && reads(value.operand, names);
  if (isConditionalExpression(value))
    return (
      refines(value.condition, names, isPredicate) &&
      (isBoolean(value.whenTrue) || refines(value.whenTrue, names, isPredicate)) &&
      (isBoolean(value.whenFalse) || refines(value.whenFalse, names, isPredicate))
    );
  if (isBinaryExpression(value)) {
    const { kind } = value.operatorToken;
    if (isLogical(kind))
      return refines(value.left, names, isPredicate) || refines(value.right, names, isPredicate);
    return isComparison(kind) && reads(value, names);
  }
  if (!isCallExpression(value)) return false;
  const given = value.arguments.some((argument) => isIdentifier(argument) && names.has(argument.text));
  if (!given) return false;
  const callee = isPropertyAccessExpression(value.expression) ? value.expression.name : value.expression;
  return isPredicate || (isIdentifier(callee) && /^(?:is|has|can|was|are|in|should)[A-Z_]/.test(callee.text));
}

/** An argument of an array's method, where a guard is used as one. */
function isPredicateArgument(node: FunctionNode): boolean {
  const { inner, parent } = outOfParentheses(node);
  if (!isCallExpression(parent) || parent.expression === inner) return false;
  const { expression } = parent;
  return (
    isPropertyAccessExpression(expression) &&
    /^(?:filter|find|findLast|every|some|partition)$/.test(expression.name.text)
  );
}

/** Reading is what narrows: properties of a parameter can tell of it as well. */
function reads(node: ts.Node, names: ReadonlySet<string>): boolean {
  if (isIdentifier(node)) return names.has(node.text);
  return forEachChild(node, (child) => reads(child, names)) ?? false;
}

function isBoolean({ kind }: ts.Node): boolean {
  return kind === trueKeyword || kind === falseKeyword;
}

function isLogical(kind: ts.SyntaxKind): boolean {
  return kind === ampersandAmpersandToken || kind === barBarToken;
}

function isComparison(kind: ts.SyntaxKind): boolean {
  return (
    kind === equalsEqualsEqualsToken ||
    kind === exclamationEqualsEqualsToken ||
    kind === equalsEqualsToken ||
    kind === exclamationEqualsToken ||
    kind === instanceOfKeyword ||
    kind === inKeyword
  );
}

/** A declared function that only throws returns `void`, and an expression that does so `never`. */
function neverReturns(node: FunctionNode, { returned, bareReturns }: BodyFacts): boolean {
  if (isArrowFunction(node) || isFunctionExpression(node)) return false;
  if (returned.length + bareReturns > 0 || node.body === undefined || !isBlock(node.body)) return false;
  const last = node.body.statements.at(-1);
  return last !== undefined && isThrowStatement(last);
}

/** `(flag) => (flag ? () => 1 : (value) => value)`: the first result would decide on the type of the second. */
function returnsSomeFunction({ returned }: BodyFacts): boolean {
  const [first] = returned;
  // One plain result is what most functions have.
  if (
    first === undefined ||
    (returned.length === 1 && !isParenthesizedExpression(first) && !isConditionalExpression(first))
  )
    return false;
  const results = returned.flatMap(resultsOf);
  return results.length > 1 && results.some(isUntypedFunction);
}

function resultsOf(value: ts.Expression): readonly ts.Expression[] {
  if (isParenthesizedExpression(value)) return resultsOf(value.expression);
  if (isConditionalExpression(value)) return [...resultsOf(value.whenTrue), ...resultsOf(value.whenFalse)];
  return [value];
}

function isUntypedFunction(value: ts.Expression): boolean {
  return (
    (isArrowFunction(value) || isFunctionExpression(value)) &&
    value.parameters.some(({ type }) => type === undefined)
  );
}

/** In `select(() => 'a')` the call decides whether the result is `'a'` or `string`; of several literals the union stays in any case. */
function isLiteralArgument(node: FunctionNode, { returned }: BodyFacts): boolean {
  if (node.modifiers?.some(({ kind }) => kind === asyncKeyword) === true) return false;
  let { parent } = outOfParentheses(node);
  while (
    isPropertyAssignment(parent) ||
    isObjectLiteralExpression(parent) ||
    isArrayLiteralExpression(parent)
  )
    ({ parent } = outOfParentheses(parent));
  if (!isCallExpression(parent) && !isNewExpression(parent)) return false;
  const texts = new Set(returned.map((value) => value.getText()));
  return texts.size === 1 && returned.every(isLiteral);
}

function isLiteral(value: ts.Expression): boolean {
  if (isParenthesizedExpression(value)) return isLiteral(value.expression);
  return isLiteralExpression(value) || isBoolean(value) || isTemplateExpression(value);
}
