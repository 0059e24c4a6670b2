import { ts } from 'ts-morph';

const {
  forEachChild,
  isBinaryExpression,
  isCallExpression,
  isClassDeclaration,
  isClassElement,
  isClassLike,
  isElementAccessExpression,
  isEnumDeclaration,
  isExpressionStatement,
  isForInStatement,
  isForOfStatement,
  isFunctionDeclaration,
  isFunctionLike,
  isIdentifier,
  isInterfaceDeclaration,
  isOmittedExpression,
  isPostfixUnaryExpression,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isTypeAliasDeclaration,
  isVariableDeclarationList,
  isVariableStatement,
} = ts;
const {
  ExtendsKeyword: extendsKeyword,
  FirstAssignment: firstAssignment,
  LastAssignment: lastAssignment,
  LastToken: lastToken,
  MinusMinusToken: minusMinusToken,
  PlusPlusToken: plusPlusToken,
  SuperKeyword: superKeyword,
} = ts.SyntaxKind;

/**
 * The statement that calls `super()`, directly in the body, as TypeScript asks for where a class has initialised fields. `nested`: the
 * class extends another and there is no such statement.
 */
export function superCallOf(
  owner: ts.ClassLikeDeclaration,
  body: ts.Block,
): ts.Statement | 'nested' | undefined {
  const isDerived = owner.heritageClauses?.some(({ token }) => token === extendsKeyword);
  if (isDerived !== true) return undefined;
  return body.statements.find(isSuperCall) ?? 'nested';
}

function isSuperCall(statement: ts.Statement): boolean {
  return (
    isExpressionStatement(statement) &&
    isCallExpression(statement.expression) &&
    statement.expression.expression.kind === superKeyword
  );
}

/** Why the statements from an index on cannot move into a block of their own; undefined where they can. */
export function obstacleIn(
  node: ts.ConstructorDeclaration,
  body: ts.Block,
  from: number,
): string | undefined {
  const before = body.statements.slice(0, from);
  const moved = body.statements.slice(from);
  if (moved.some(isFunctionDeclaration)) return 'the constructor declares functions in its body';
  const used = new Set(before.flatMap((statement) => [...identifiersIn(statement)]));
  const hidden = moved.flatMap(declaredNames).find((name) => used.has(name));
  if (hidden !== undefined) return `\`${hidden}\` is declared behind \`super()\` and used before it`;
  const outer = new Set([
    ...node.parameters.flatMap(({ name }) => boundNames(name)),
    ...before.flatMap(declaredNames),
  ]);
  const lost = narrowedInClosures(moved, outer);
  return lost === undefined
    ? undefined
    : `\`${lost}\` is assigned and used in a function: TypeScript would forget what it knows of it`;
}

/** All identifiers of a tree, the names of properties included. */
export function identifiersIn(node: ts.Node): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (child: ts.Node): void => {
    if (isIdentifier(child)) found.add(child.text);
    forEachChild(child, visit);
  };
  visit(node);
  return found;
}

/** A variable from outside of the statements that is assigned in them, and used in a function in them. */
function narrowedInClosures(
  statements: readonly ts.Statement[],
  outer: ReadonlySet<string>,
): string | undefined {
  const assigned = new Set<string>();
  const captured = new Set<string>();
  const visit = (node: ts.Node, isInFunction: boolean): void => {
    if (isIdentifier(node)) {
      if (isInFunction && outer.has(node.text) && !isPropertyName(node)) captured.add(node.text);
      return;
    }
    if (node.kind <= lastToken) return;
    for (const target of assignedIn(node)) for (const name of targetsIn(target)) assigned.add(name);
    const isInner = isInFunction || isFunctionLike(node) || isClassLike(node);
    forEachChild(node, isInner ? visitInner : visitOwn);
  };
  const visitOwn = (node: ts.Node): void => {
    visit(node, false);
  };
  const visitInner = (node: ts.Node): void => {
    visit(node, true);
  };
  if (outer.size > 0) statements.forEach(visitOwn);
  return [...captured].find((name) => assigned.has(name));
}

/** `family` in `this.family` and `{ family: 1 }`. */
function isPropertyName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (isPropertyAccessExpression(parent) || isPropertyAssignment(parent)) return parent.name === node;
  return isClassElement(parent) && parent.name === node;
}

const none: readonly ts.Expression[] = [];

/** What a node assigns to. */
function assignedIn(node: ts.Node): readonly ts.Expression[] {
  if (isBinaryExpression(node)) return isAssignment(node.operatorToken.kind) ? [node.left] : none;
  if (isPrefixUnaryExpression(node) || isPostfixUnaryExpression(node)) {
    const { operator } = node;
    const isStep = operator === plusPlusToken || operator === minusMinusToken;
    return isStep ? [node.operand] : none;
  }
  const isLoop = isForInStatement(node) || isForOfStatement(node);
  return isLoop && !isVariableDeclarationList(node.initializer) ? [node.initializer] : none;
}

/** The variables that an assignment's left side names: also `[a, { b: c = 1, ...d }]`, but no properties. */
function targetsIn(target: ts.Node): readonly string[] {
  if (isIdentifier(target)) return [target.text];
  if (isPropertyAccessExpression(target) || isElementAccessExpression(target)) return [];
  if (isBinaryExpression(target)) return targetsIn(target.left);
  if (isPropertyAssignment(target)) return targetsIn(target.initializer);
  const found: string[] = [];
  forEachChild(target, (child) => void found.push(...targetsIn(child)));
  return found;
}

function isAssignment(operator: ts.SyntaxKind): boolean {
  return operator >= firstAssignment && operator <= lastAssignment;
}

/** Names that a statement declares in the block around it. */
function declaredNames(statement: ts.Statement): readonly string[] {
  if (isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap(({ name }) => boundNames(name));
  if (
    (isClassDeclaration(statement) ||
      isFunctionDeclaration(statement) ||
      isEnumDeclaration(statement) ||
      isTypeAliasDeclaration(statement) ||
      isInterfaceDeclaration(statement)) &&
    statement.name !== undefined
  ) {
    return [statement.name.text];
  }
  return [];
}

/** The variables of a pattern. */
function boundNames(name: ts.BindingName): readonly string[] {
  if (isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (isOmittedExpression(element) ? [] : boundNames(element.name)));
}
