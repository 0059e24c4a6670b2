import { ts } from 'ts-morph';
import type { FunctionCandidate, FunctionNode } from '../../candidate.js';

const {
  forEachChild,
  isArrayLiteralExpression,
  isArrowFunction,
  isAsExpression,
  isBinaryExpression,
  isBindingElement,
  isBlock,
  isForInStatement,
  isForOfStatement,
  isFunctionLike,
  isIdentifier,
  isMetaProperty,
  isNonNullExpression,
  isObjectLiteralExpression,
  isParenthesizedExpression,
  isPostfixUnaryExpression,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isReturnStatement,
  isShorthandPropertyAssignment,
  isSpreadAssignment,
  isSpreadElement,
} = ts;
const {
  FirstAssignment: firstAssignment,
  LastAssignment: lastAssignment,
  MinusMinusToken: minusMinusToken,
  NewKeyword: newKeyword,
  PlusPlusToken: plusPlusToken,
  ThisKeyword: thisKeyword,
  LastToken: lastToken,
} = ts.SyntaxKind;

/** What the body of a function does that decides whether it can become a function in a function. */
export interface BodyFacts {
  /** Own `return` statements with a value; an expression body counts as one. */
  readonly returned: readonly ts.Expression[];
  /** Own `return` statements without a value. */
  readonly bareReturns: number;
  /** A parameter that is assigned, and read in a nested function. */
  readonly capturedParameter: string | undefined;
}

/** Finds what is returned among the statements; expressions are looked through only where a parameter may be captured. */
export function bodyFacts(
  { node, holdsFunctions }: Pick<FunctionCandidate, 'node' | 'holdsFunctions'>,
  source: ts.SourceFile,
): BodyFacts {
  const { body } = node;
  const returned: ts.Expression[] = [];
  let bareReturns = 0;
  // With a declared result nobody asks for what is returned.
  if (body !== undefined && node.type === undefined) {
    if (isBlock(body))
      eachReturn(body, ({ expression }) => {
        if (expression === undefined) bareReturns += 1;
        else returned.push(expression);
        return false;
      });
    else returned.push(body);
  }
  const capturedParameter = holdsFunctions === false ? undefined : capturedParameterOf(node, source);
  return { returned, bareReturns, capturedParameter };
}

/** The `return` statements of a function's own, until one of them is what is looked for; only statements are looked through. */
export function eachReturn(node: ts.Node, isFound: (statement: ts.ReturnStatement) => boolean): boolean {
  const visit = (each: ts.Node): boolean => {
    if (isReturnStatement(each)) return isFound(each);
    return holdsStatements[each.kind] === 1 && (forEachChild(each, visit) ?? false);
  };
  return visit(node);
}

const holdsStatements = statementHolders();

function statementHolders(): Uint8Array {
  const kinds = ts.SyntaxKind;
  const table = new Uint8Array(kinds.Count);
  table.fill(1, kinds.FirstStatement, kinds.LastStatement + 1);
  for (const leaf of [kinds.VariableStatement, kinds.ExpressionStatement, kinds.ThrowStatement])
    table[leaf] = 0;
  for (const kind of [kinds.Block, kinds.CaseBlock, kinds.CaseClause, kinds.DefaultClause, kinds.CatchClause])
    table[kind] = 1;
  return table;
}

/** A parameter that is assigned, and used in a nested function. Functions that mention none are passed over. */
function capturedParameterOf(node: FunctionNode, { text }: ts.SourceFile): string | undefined {
  const parameters = new Set<string>();
  for (const { name } of node.parameters) addNames(name, parameters);
  if (parameters.size === 0) return undefined;
  const names = [...parameters];
  const assigned = new Set<string>();
  const captured = new Set<string>();
  const lookAt = (each: ts.Node, isNested: boolean): void => {
    if (isIdentifier(each)) {
      if (!parameters.has(each.text) || isPropertyName(each)) return;
      if (isNested) captured.add(each.text);
      if (isAssigned(each)) assigned.add(each.text);
      return;
    }
    if (each.kind <= lastToken) return;
    if (!isFunctionLike(each)) forEachChild(each, isNested ? lookAtNested : lookAtOwn);
    else if (isNested || mentions(text.slice(each.pos, each.end), names)) forEachChild(each, lookAtNested);
  };
  const lookAtOwn = (each: ts.Node): void => {
    lookAt(each, false);
  };
  const lookAtNested = (each: ts.Node): void => {
    lookAt(each, true);
  };
  if (node.body !== undefined) lookAtOwn(node.body);
  for (const parameter of node.parameters) lookAtOwn(parameter);
  return assigned.size === 0 ? undefined : [...assigned].find((name) => captured.has(name));
}

function mentions(text: string, names: readonly string[]): boolean {
  return names.some((name) => text.includes(name));
}

/** Whether a function reads its own `this`, also in arrows inside of it. */
export function readsThis(node: FunctionNode, { text }: ts.SourceFile): boolean {
  return text.slice(node.pos, node.end).includes('this') && hasOwn(node, (each) => each.kind === thisKeyword);
}

/** Whether a function reads its own `new.target`, also in arrows inside of it. */
export function readsNewTarget(node: FunctionNode, source: ts.SourceFile): boolean {
  return (
    mayReadNewTarget(source) &&
    hasOwn(node, (each) => isMetaProperty(each) && each.keywordToken === newKeyword)
  );
}

const filesWithNewTarget = new WeakMap<ts.SourceFile, boolean>();

function mayReadNewTarget(source: ts.SourceFile): boolean {
  let may = filesWithNewTarget.get(source);
  if (may === undefined) {
    // Not in the declarations: the parser knows all words of a file, which is quicker to ask than its text.
    const { identifiers, text } = source as ts.SourceFile & { identifiers?: ReadonlyMap<string, string> };
    may = identifiers?.has('target') !== false && text.includes('new.target');
    filesWithNewTarget.set(source, may);
  }
  return may;
}

function hasOwn(node: FunctionNode, is: (each: ts.Node) => boolean): boolean {
  const visit = (each: ts.Node): boolean => {
    if (is(each)) return true;
    if (isFunctionLike(each) && !isArrowFunction(each)) return false;
    return forEachChild(each, visit) ?? false;
  };
  return forEachChild(node, visit) ?? false;
}

function addNames(name: ts.BindingName, names: Set<string>): void {
  if (isIdentifier(name)) {
    names.add(name.text);
    return;
  }
  for (const element of name.elements) if (isBindingElement(element)) addNames(element.name, names);
}

function isPropertyName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (isPropertyAccessExpression(parent)) return parent.name === node;
  return isPropertyAssignment(parent) && parent.name === node;
}

/** Whether an identifier is written: by an operator, as part of a pattern, or by a loop. */
function isAssigned(node: ts.Identifier): boolean {
  let inner: ts.Node = node;
  for (;;) {
    const { parent } = inner;
    if (isBinaryExpression(parent))
      return (
        parent.left === inner &&
        parent.operatorToken.kind >= firstAssignment &&
        parent.operatorToken.kind <= lastAssignment
      );
    if (isPrefixUnaryExpression(parent) || isPostfixUnaryExpression(parent))
      return parent.operator === plusPlusToken || parent.operator === minusMinusToken;
    if (isForInStatement(parent) || isForOfStatement(parent)) return parent.initializer === inner;
    if (isPropertyAssignment(parent) && parent.initializer !== inner) return false;
    const isPattern =
      isParenthesizedExpression(parent) ||
      isArrayLiteralExpression(parent) ||
      isObjectLiteralExpression(parent) ||
      isPropertyAssignment(parent) ||
      isShorthandPropertyAssignment(parent) ||
      isSpreadElement(parent) ||
      isSpreadAssignment(parent) ||
      isNonNullExpression(parent) ||
      isAsExpression(parent);
    if (!isPattern) return false;
    inner = parent;
  }
}
