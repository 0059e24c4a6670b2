import { ts } from 'ts-morph';

/** What certain names are in a file: where they are declared, and whether they also mean something from outside of it. */
export interface NameUse {
  readonly declarations: readonly ts.Identifier[];
  /** Uses as a value; those of declared things are among them. */
  readonly uses: readonly ts.Identifier[];
}

/** Looks for names in a file. Most files do not hold them, which the parser knows without a walk. */
export function namesIn(source: ts.SourceFile, wanted: ReadonlySet<string>): ReadonlyMap<string, NameUse> {
  const { identifiers } = source as { identifiers?: ReadonlyMap<string, string> };
  const present =
    identifiers === undefined ? wanted : new Set([...wanted].filter((each) => identifiers.has(each)));
  const found = new Map<string, { declarations: ts.Identifier[]; uses: ts.Identifier[] }>();
  if (present.size === 0) return found;
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) {
      if (!present.has(node.text)) return;
      const use = found.get(node.text) ?? { declarations: [], uses: [] };
      found.set(node.text, use);
      if (isDeclared(node)) use.declarations.push(node);
      else if (isValue(node)) use.uses.push(node);
      return;
    }
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(source, visit);
  return found;
}

/** Whether an identifier is where a name is bound: by a variable, a parameter, an import, a function, a class. */
function isDeclared(node: ts.Identifier): boolean {
  const { parent } = node;
  switch (parent.kind) {
    case ts.SyntaxKind.VariableDeclaration:
    case ts.SyntaxKind.Parameter:
    case ts.SyntaxKind.BindingElement:
    case ts.SyntaxKind.FunctionDeclaration:
    case ts.SyntaxKind.FunctionExpression:
    case ts.SyntaxKind.ClassDeclaration:
    case ts.SyntaxKind.ClassExpression:
    case ts.SyntaxKind.EnumDeclaration:
    case ts.SyntaxKind.ModuleDeclaration:
    case ts.SyntaxKind.ImportClause:
    case ts.SyntaxKind.ImportSpecifier:
    case ts.SyntaxKind.NamespaceImport:
    case ts.SyntaxKind.ImportEqualsDeclaration:
      return (parent as ts.VariableDeclaration).name === node;
    default:
      return false;
  }
}

/** Whether an identifier stands for a value, rather than for a member, a type or a label. */
function isValue(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  return (
    ts.isExpression(parent) ||
    ts.isStatement(parent) ||
    ts.isVariableDeclaration(parent) ||
    ts.isSpreadElement(parent)
  );
}

/** Whether one of the declarations may be the one that a node's name means: it stands in a function around the node, or in the file. */
export function isShadowed(node: ts.Node, declarations: readonly ts.Identifier[]): boolean {
  return declarations.some((declaration) => {
    const scope = functionAround(declaration);
    return ts.isSourceFile(scope) || (node.pos >= scope.pos && node.end <= scope.end);
  });
}

/** The function that a declaration holds in; for the name of a function itself, the one around it. */
function functionAround(declaration: ts.Identifier): ts.Node {
  const { parent } = declaration;
  let each: ts.Node = ts.isFunctionDeclaration(parent) ? parent.parent : parent;
  while (!ts.isFunctionLike(each) && !ts.isSourceFile(each)) each = each.parent;
  return each;
}
