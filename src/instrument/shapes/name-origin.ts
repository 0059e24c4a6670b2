import { ts } from 'ts-morph';

const {
  isArrayBindingPattern,
  isCallExpression,
  isCatchClause,
  isForInStatement,
  isForOfStatement,
  isForStatement,
  isFunctionLike,
  isIdentifier,
  isObjectBindingPattern,
  isOmittedExpression,
  isPropertyAccessExpression,
  isVariableDeclarationList,
  isVariableStatement,
} = ts;

/** The variable or parameter of the file that a name means; `outside`: it is imported, required or global. */
export type NameOrigin = 'outside' | ts.VariableDeclaration | ts.ParameterDeclaration;

/** Looks for what declares a name in the blocks and functions around its use. What functions hoist out of inner blocks is not looked for. */
export function originOfName(name: ts.Identifier): NameOrigin {
  for (let each: ts.Node = name.parent; ; each = each.parent) {
    const found = declarationsIn(each).find((declaration) => binds(declaration.name, name.text));
    if (found !== undefined) return isRequired(found) ? 'outside' : found;
    if ((each as { readonly parent?: ts.Node }).parent === undefined) return 'outside';
  }
}

function declarationsIn(node: ts.Node): readonly (ts.VariableDeclaration | ts.ParameterDeclaration)[] {
  if (isFunctionLike(node))
    return node.parameters.filter((each): each is ts.ParameterDeclaration => ts.isParameter(each));
  if (isForStatement(node) || isForOfStatement(node) || isForInStatement(node)) {
    const { initializer } = node;
    return initializer !== undefined && isVariableDeclarationList(initializer)
      ? initializer.declarations
      : [];
  }
  if (isCatchClause(node)) return node.variableDeclaration === undefined ? [] : [node.variableDeclaration];
  const { statements } = node as { readonly statements?: readonly ts.Statement[] };
  return (statements ?? []).flatMap((each) =>
    isVariableStatement(each) ? each.declarationList.declarations : [],
  );
}

function binds(pattern: ts.BindingName, name: string): boolean {
  if (isIdentifier(pattern)) return pattern.text === name;
  if (!isObjectBindingPattern(pattern) && !isArrayBindingPattern(pattern)) return false;
  return pattern.elements.some((each) => !isOmittedExpression(each) && binds(each.name, name));
}

/** `const { spans } = require('./telemetry')`, also with `await import()`. */
function isRequired({ initializer }: ts.VariableDeclaration | ts.ParameterDeclaration): boolean {
  let inner: ts.Expression | undefined = initializer;
  while (inner !== undefined && (isPropertyAccessExpression(inner) || ts.isAwaitExpression(inner)))
    inner = inner.expression;
  if (inner === undefined || !isCallExpression(inner)) return false;
  const { expression } = inner;
  return (
    expression.kind === ts.SyntaxKind.ImportKeyword ||
    (isIdentifier(expression) && expression.text === 'require')
  );
}
