import { ts } from 'ts-morph';
import { calleeText, isAssignment, outermost } from './names.js';

const {
  isAsExpression,
  isBinaryExpression,
  isClassDeclaration,
  isElementAccessExpression,
  isExportAssignment,
  isExportDeclaration,
  isExpressionStatement,
  isFunctionDeclaration,
  isIdentifier,
  isModuleBlock,
  isModuleDeclaration,
  isNamedExports,
  isObjectLiteralExpression,
  isParenthesizedExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isSatisfiesExpression,
  isShorthandPropertyAssignment,
  isSourceFile,
  isVariableDeclarationList,
  isVariableStatement,
} = ts;

/** `ts.SyntaxKind` is a getter, which shows where it is asked for every node. */
const kinds = ts.SyntaxKind;

/** Names of a file's own scope that it exports by a statement of its own: `export { f }`, `export default f`, `module.exports = { f }`. */
export function exportedNames(source: ts.SourceFile): ReadonlySet<string> {
  const names = new Set<string>();
  for (const statement of source.statements) {
    if (isExportDeclaration(statement)) addListed(statement, names);
    else if (isExportAssignment(statement)) addIdentifier(statement.expression, names);
    else if (isExpressionStatement(statement) && isBinaryExpression(statement.expression))
      addAssigned(statement.expression, source, names);
  }
  return names;
}

function addListed(statement: ts.ExportDeclaration, names: Set<string>): void {
  const { exportClause, moduleSpecifier } = statement;
  if (moduleSpecifier !== undefined || exportClause === undefined || !isNamedExports(exportClause)) return;
  for (const { name, propertyName } of exportClause.elements) names.add((propertyName ?? name).text);
}

/** `module.exports = f`, `module.exports = { f, g: h }`, `exports.f = f`, also several in one. */
function addAssigned(assignment: ts.BinaryExpression, source: ts.SourceFile, names: Set<string>): void {
  const { left, right } = assignment;
  if (!isAssignment(assignment)) return;
  if (isBinaryExpression(right)) addAssigned(right, source, names);
  if (!isExportsObject(left, source)) return;
  addIdentifier(right, names);
  if (!isObjectLiteralExpression(right)) return;
  for (const property of right.properties) {
    if (isShorthandPropertyAssignment(property)) names.add(property.name.text);
    else if (isPropertyAssignment(property)) addIdentifier(property.initializer, names);
  }
}

function addIdentifier(expression: ts.Expression, names: Set<string>): void {
  let inner = expression;
  while (isAsExpression(inner) || isSatisfiesExpression(inner) || isParenthesizedExpression(inner))
    inner = inner.expression;
  if (isIdentifier(inner)) names.add(inner.text);
}

/** `module.exports`, `exports.f`, `module.exports.f`. */
function isExportsObject(node: ts.Expression, source: ts.SourceFile): boolean {
  if (!isPropertyAccessExpression(node) && !isElementAccessExpression(node)) return false;
  const text = calleeText(node, source) ?? '';
  return text === 'module.exports' || text.startsWith('module.exports.') || text.startsWith('exports.');
}

/**
 * Whether an export of the file leads to a declaration, class or expression: its own, or that of the variable that holds it, also in
 * objects and arrays.
 * @param throughCalls whether what is given to a call counts as what the call returns: so it is for tools, `tool({...})`
 */
export function isExported(
  node: ts.Node,
  source: ts.SourceFile,
  names: ReadonlySet<string>,
  throughCalls: boolean,
): boolean {
  if (isFunctionDeclaration(node) || isClassDeclaration(node))
    return isExportedDeclaration(node, node.name?.text, names);
  const { parent } = outermost(node);
  switch (parent.kind) {
    case kinds.VariableDeclaration: {
      const list = parent.parent;
      if (!isVariableDeclarationList(list) || !isVariableStatement(list.parent)) return false;
      const { name } = parent as ts.VariableDeclaration;
      return isExportedDeclaration(list.parent, isIdentifier(name) ? name.text : undefined, names);
    }
    case kinds.ExportAssignment:
      return true;
    case kinds.BinaryExpression: {
      const { left } = parent as ts.BinaryExpression;
      if (!isAssignment(parent as ts.BinaryExpression)) return false;
      if (isExportsObject(left, source)) return true;
      if (isTopLevelAssignment(parent) && isIdentifier(left)) return names.has(left.text);
      // `module.exports = f = () => {}`
      return isExported(parent, source, names, throughCalls);
    }
    case kinds.PropertyAssignment:
      return isExported(parent.parent, source, names, throughCalls);
    case kinds.ArrayLiteralExpression:
      return isExported(parent, source, names, throughCalls);
    case kinds.CallExpression:
    case kinds.NewExpression:
      return throughCalls && isExported(parent, source, names, throughCalls);
    default:
      return false;
  }
}

function isTopLevelAssignment({ parent }: ts.Node): boolean {
  return isExpressionStatement(parent) && isSourceFile(parent.parent);
}

/** A function, class or variable statement: in the file, or exported by a namespace that is exported itself. */
function isExportedDeclaration(
  node: ts.FunctionDeclaration | ts.ClassDeclaration | ts.VariableStatement | ts.ModuleDeclaration,
  name: string | undefined,
  names: ReadonlySet<string>,
): boolean {
  const { parent } = node;
  const isMarked = node.modifiers?.some(({ kind }) => kind === kinds.ExportKeyword) ?? false;
  if (isSourceFile(parent)) return isMarked || (name !== undefined && names.has(name));
  if (!isMarked || !isModuleBlock(parent)) return false;
  let namespace = parent.parent;
  // `namespace A.B {}` is one declaration inside another.
  while (isModuleDeclaration(namespace.parent)) namespace = namespace.parent;
  return isExportedDeclaration(
    namespace,
    isIdentifier(namespace.name) ? namespace.name.text : undefined,
    names,
  );
}
