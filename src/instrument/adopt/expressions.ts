import { ts } from 'ts-morph';

/** The expression around which only brackets and type syntax stand: `(x)!`, `x as T`. */
export function outermost(node: ts.Expression): ts.Expression {
  let at = node;
  for (;;) {
    const { parent } = at;
    if (
      (ts.isParenthesizedExpression(parent) ||
        ts.isNonNullExpression(parent) ||
        ts.isSatisfiesExpression(parent)) &&
      parent.expression === at
    )
      at = parent;
    else return at;
  }
}

/** What brackets and type syntax stand around. */
export function innermost(node: ts.Expression): ts.Expression {
  let at = node;
  while (
    ts.isParenthesizedExpression(at) ||
    ts.isNonNullExpression(at) ||
    ts.isSatisfiesExpression(at) ||
    ts.isAsExpression(at) ||
    ts.isTypeAssertionExpression(at)
  )
    at = at.expression;
  return at;
}

/** The name that a property or key is written with; undefined where it is worked out. */
export function writtenName(name: ts.Node | undefined): string | undefined {
  if (name === undefined) return undefined;
  if (ts.isIdentifier(name) || ts.isPrivateIdentifier(name)) return name.text;
  return ts.isStringLiteralLike(name) || ts.isNumericLiteral(name) ? name.text : undefined;
}

/** What a name leads to, past imports and re-exports; the value of `{ name }`. */
export function symbolOf(checker: ts.TypeChecker, node: ts.Node): ts.Symbol | undefined {
  const { parent } = node;
  const isShort = ts.isShorthandPropertyAssignment(parent) && parent.name === node;
  const found = isShort
    ? checker.getShorthandAssignmentValueSymbol(parent)
    : checker.getSymbolAtLocation(node);
  return found === undefined ? undefined : unaliased(checker, found);
}

export function unaliased(checker: ts.TypeChecker, symbol: ts.Symbol): ts.Symbol {
  return (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol);
}

export function isConstant(declaration: ts.VariableDeclaration): boolean {
  return (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0;
}

/** `require('x')`: the module's name. */
export function requiredModule(node: ts.Expression): string | undefined {
  if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression)) return undefined;
  const [only] = node.arguments;
  return node.expression.text === 'require' && only !== undefined && ts.isStringLiteralLike(only)
    ? only.text
    : undefined;
}

/** What stands for code in a text: no comment and no white space. */
export function hasComment(trivia: string): boolean {
  return trivia.includes('//') || trivia.includes('/*');
}
