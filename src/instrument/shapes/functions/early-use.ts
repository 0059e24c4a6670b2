import { ts } from 'ts-morph';

const {
  canHaveDecorators,
  forEachChild,
  getDecorators,
  isBreakStatement,
  isClassDeclaration,
  isClassElement,
  isComputedPropertyName,
  isContinueStatement,
  isExportDeclaration,
  isExpressionWithTypeArguments,
  isFunctionDeclaration,
  isFunctionLike,
  isIdentifier,
  isImportDeclaration,
  isInterfaceDeclaration,
  isModuleDeclaration,
  isObjectLiteralElement,
  isPropertyDeclaration,
  isReturnStatement,
  isShorthandPropertyAssignment,
  isSourceFile,
  isThrowStatement,
  isTypeAliasDeclaration,
  isTypeNode,
  isVariableStatement,
} = ts;
const { LastToken: lastToken, StaticKeyword: staticKeyword } = ts.SyntaxKind;

/** From which statement of a list on the functions of the list may be called. */
interface EarlyUse {
  /** Index of the first statement that may use a name. */
  readonly first: ReadonlyMap<string, number>;
  /** Index of the first statement behind which nothing is reached. */
  readonly last: number;
}

const known = new WeakMap<readonly ts.Statement[], EarlyUse>();
const identifier = /(?<![\w$]|(?<!\.\.)\.)[A-Za-z_$][\w$]*/g;

/**
 * Whether code before a function in its block may call it: the line that gives it its traced form has to run before that. Functions are
 * followed through each other: `main();` uses what the body of `main` names.
 */
export function isUsedBefore(
  declaration: ts.FunctionDeclaration,
  name: string,
  statements: readonly ts.Statement[],
): boolean {
  const index = statements.indexOf(declaration);
  const use = useOf(statements);
  return (use.first.get(name) ?? Infinity) < index || use.last < index;
}

function useOf(statements: readonly ts.Statement[]): EarlyUse {
  const found = known.get(statements);
  if (found !== undefined) return found;
  const use = findUse(statements);
  known.set(statements, use);
  return use;
}

function findUse(statements: readonly ts.Statement[]): EarlyUse {
  const local = declaredIn(statements);
  const first = new Map<string, number>();
  let last = Infinity;
  for (const [index, statement] of statements.entries()) {
    const waiting: string[] = [];
    visitRun(statement, isInFile(statements) || isDeclaration(statement), (name) => {
      if (local.has(name)) waiting.push(name);
    });
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
      if (first.has(name)) continue;
      first.set(name, index);
      for (const node of local.get(name) ?? []) {
        const text = node.getSourceFile().text.slice(node.pos, node.end);
        for (const [mentioned] of text.matchAll(identifier))
          if (local.has(mentioned)) waiting.push(mentioned);
      }
    }
    if (last === Infinity && isEnd(statement)) last = index;
  }
  return { first, last };
}

function isInFile(statements: readonly ts.Statement[]): boolean {
  const parent = statements[0]?.parent;
  return parent !== undefined && isSourceFile(parent);
}

function isDeclaration(statement: ts.Statement): boolean {
  return isVariableStatement(statement) || isClassDeclaration(statement);
}

/** Names that the statements declare, with what stands behind them. A `const` may be declared once, a function several times. */
function declaredIn(statements: readonly ts.Statement[]): ReadonlyMap<string, readonly ts.Node[]> {
  const names = new Map<string, ts.Node[]>();
  const add = (name: ts.Node | undefined, node: ts.Node): void => {
    if (name === undefined || !isIdentifier(name)) return;
    const nodes = names.get(name.text);
    if (nodes === undefined) names.set(name.text, [node]);
    else nodes.push(node);
  };
  for (const statement of statements) {
    if (isVariableStatement(statement))
      for (const declaration of statement.declarationList.declarations) add(declaration.name, declaration);
    else if (
      isFunctionDeclaration(statement) ||
      isClassDeclaration(statement) ||
      isModuleDeclaration(statement)
    )
      add(statement.name, statement);
  }
  return names;
}

/** Names that running a statement reads. What nested functions read counts only where they may have left before the next statement. */
function visitRun(statement: ts.Statement, ignoresFunctions: boolean, read: (name: string) => void): void {
  if (
    isFunctionDeclaration(statement) ||
    isImportDeclaration(statement) ||
    isExportDeclaration(statement) ||
    isInterfaceDeclaration(statement) ||
    isTypeAliasDeclaration(statement)
  )
    return;
  const visit = (node: ts.Node): void => {
    if (isIdentifier(node)) {
      if (isRead(node)) read(node.text);
      return;
    }
    if (node.kind <= lastToken) return;
    if (isTypeNode(node) && !isExpressionWithTypeArguments(node)) return;
    if (isFunctionLike(node)) {
      if (isClassElement(node) || isObjectLiteralElement(node)) visitHead(node, visit);
      if (ignoresFunctions) return;
    }
    if (isPropertyDeclaration(node) && !isStatic(node)) {
      visitHead(node, visit);
      return;
    }
    forEachChild(node, visit);
  };
  visit(statement);
}

/** Decorators and computed names run where a class or an object is made. */
function visitHead(
  node: ts.SignatureDeclaration | ts.PropertyDeclaration,
  visit: (node: ts.Node) => void,
): void {
  if (node.name !== undefined && isComputedPropertyName(node.name)) visit(node.name);
  if (canHaveDecorators(node)) for (const decorator of getDecorators(node) ?? []) visit(decorator);
}

function isStatic(node: ts.PropertyDeclaration): boolean {
  return node.modifiers?.some(({ kind }) => kind === staticKeyword) === true;
}

/** Whether an identifier is a name that is looked up, not one that is given to something. */
function isRead(node: ts.Identifier): boolean {
  const { parent } = node;
  return isShorthandPropertyAssignment(parent) || (parent as { readonly name?: ts.Node }).name !== node;
}

function isEnd(statement: ts.Statement): boolean {
  return (
    isReturnStatement(statement) ||
    isThrowStatement(statement) ||
    isBreakStatement(statement) ||
    isContinueStatement(statement)
  );
}
