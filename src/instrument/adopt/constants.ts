import { ts } from 'ts-morph';
import { innermost, isConstant, symbolOf, writtenName } from './expressions.js';

/** How often a constant may lead to another one. */
const maxDepth = 8;

/** What expressions stand for where that does not depend on the run; names are followed by the scopes of the language. */
export class ConstantReader {
  readonly #checker: ts.TypeChecker;

  constructor(checker: ts.TypeChecker) {
    this.#checker = checker;
  }

  /** The expression that a name stands for: what a constant, a member of an enum or of a constant object is made with. */
  resolve(node: ts.Expression, depth = 0): ts.Expression {
    const found = innermost(node);
    if (depth > maxDepth) return found;
    const name = ts.isPropertyAccessExpression(found) ? found.name : found;
    if (!ts.isIdentifier(name)) return found;
    const declaration = symbolOf(this.#checker, name)?.valueDeclaration;
    const initial = declaration === undefined ? undefined : fixedValue(declaration);
    return initial === undefined ? found : this.resolve(initial, depth + 1);
  }

  text(node: ts.Expression, depth = 0): string | undefined {
    const found = this.resolve(node);
    if (depth > maxDepth) return undefined;
    if (ts.isStringLiteralLike(found)) return found.text;
    if (ts.isTemplateExpression(found)) {
      const parts = found.templateSpans.flatMap(({ expression, literal }) => [
        this.text(expression, depth + 1),
        literal.text,
      ]);
      return [found.head.text, ...parts].reduce<string | undefined>(joined, '');
    }
    if (ts.isBinaryExpression(found) && found.operatorToken.kind === ts.SyntaxKind.PlusToken)
      return joined(this.text(found.left, depth + 1), this.text(found.right, depth + 1));
    const type = this.#checker.getTypeAtLocation(found);
    return type.isStringLiteral() ? type.value : undefined;
  }

  number(node: ts.Expression): number | undefined {
    const found = this.resolve(node);
    if (ts.isNumericLiteral(found)) return Number(found.text);
    if (ts.isPropertyAccessExpression(found) && found.getText() === 'Number.POSITIVE_INFINITY')
      return Infinity;
    if (ts.isIdentifier(found) && found.text === 'Infinity') return Infinity;
    if (ts.isPrefixUnaryExpression(found) && found.operator === ts.SyntaxKind.MinusToken) {
      const value = this.number(found.operand);
      return value === undefined ? undefined : -value;
    }
    if (!ts.isBinaryExpression(found)) return undefined;
    const [left, right] = [this.number(found.left), this.number(found.right)];
    if (left === undefined || right === undefined) return undefined;
    switch (found.operatorToken.kind) {
      case ts.SyntaxKind.AsteriskToken:
        return left * right;
      case ts.SyntaxKind.SlashToken:
        return left / right;
      case ts.SyntaxKind.PlusToken:
        return left + right;
      case ts.SyntaxKind.MinusToken:
        return left - right;
      case ts.SyntaxKind.AsteriskAsteriskToken:
        return left ** right;
      default:
        return undefined;
    }
  }

  /** The items of a list, with those of lists that are spread into it. */
  items(node: ts.Expression): readonly ts.Expression[] | undefined {
    const found = this.resolve(node);
    if (ts.isCallExpression(found) && found.expression.getText() === 'Object.freeze') {
      const [only] = found.arguments;
      return only === undefined ? undefined : this.items(only);
    }
    if (!ts.isArrayLiteralExpression(found)) return undefined;
    const items: ts.Expression[] = [];
    for (const element of found.elements) {
      const more = ts.isSpreadElement(element) ? this.items(element.expression) : [element];
      if (more === undefined) return undefined;
      items.push(...more);
    }
    return items;
  }

  /** The properties of an object, with those of objects that are spread into it; undefined where they are not all written down. */
  properties(node: ts.Expression): ReadonlyMap<string, ts.ObjectLiteralElementLike> | undefined {
    const found = this.resolve(node);
    if (!ts.isObjectLiteralExpression(found)) return undefined;
    const all = new Map<string, ts.ObjectLiteralElementLike>();
    for (const property of found.properties) {
      if (ts.isSpreadAssignment(property)) {
        const more = this.properties(property.expression);
        if (more === undefined) return undefined;
        for (const [name, value] of more) all.set(name, value);
        continue;
      }
      const name = writtenName(property.name);
      if (name === undefined) return undefined;
      all.set(name, property);
    }
    return all;
  }
}

function joined(left: string | undefined, right: string | undefined): string | undefined {
  return left === undefined || right === undefined ? undefined : left + right;
}

/** The value of `{ name: value }` and `{ name }`. */
export function valueOf(property: ts.ObjectLiteralElementLike | undefined): ts.Expression | undefined {
  if (property === undefined) return undefined;
  if (ts.isPropertyAssignment(property)) return property.initializer;
  return ts.isShorthandPropertyAssignment(property) ? property.name : undefined;
}

function fixedValue(declaration: ts.Declaration): ts.Expression | undefined {
  if (ts.isVariableDeclaration(declaration))
    return isConstant(declaration) ? declaration.initializer : undefined;
  if (ts.isEnumMember(declaration)) return declaration.initializer;
  if (ts.isPropertyDeclaration(declaration)) {
    const isFixed = (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Readonly) !== 0;
    return isFixed ? declaration.initializer : undefined;
  }
  if (!ts.isPropertyAssignment(declaration)) return undefined;
  // `const names = { requests: 'http_requests_total' }`, also frozen or `as const`.
  let at: ts.Node = declaration.parent;
  while (!ts.isVariableDeclaration(at)) {
    const isInside =
      ts.isObjectLiteralExpression(at) ||
      ts.isPropertyAssignment(at) ||
      ts.isAsExpression(at) ||
      ts.isSatisfiesExpression(at) ||
      (ts.isCallExpression(at) && at.expression.getText() === 'Object.freeze');
    if (!isInside) return undefined;
    at = at.parent;
  }
  return isConstant(at) ? declaration.initializer : undefined;
}
