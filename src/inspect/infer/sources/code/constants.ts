import { ts } from 'ts-morph';

/** A file of the code that is read. */
export interface CodeFile {
  /** As people know it. */
  readonly path: string;
  readonly source: ts.SourceFile;
}

/** A text of which parts are made at run time: `undefined` stands for each of those. */
export type Pieces = readonly (string | undefined)[];

/** How often a constant may lead to another one before it is left alone. */
const maxDepth = 8;

function isConst(declaration: ts.VariableDeclaration): boolean {
  const list = declaration.parent;
  return ts.isVariableDeclarationList(list) && (list.flags & ts.NodeFlags.Const) !== 0;
}

/** What `as const`, `satisfies`, `!` and brackets are around. */
export function bare(node: ts.Expression): ts.Expression {
  let found = node;
  while (
    ts.isAsExpression(found) ||
    ts.isSatisfiesExpression(found) ||
    ts.isNonNullExpression(found) ||
    ts.isParenthesizedExpression(found) ||
    ts.isTypeAssertionExpression(found)
  )
    found = found.expression;
  return found;
}

/** The name that a property, an object's key or a member of an enum is written with. */
export function writtenName(name: ts.Node | undefined): string | undefined {
  if (name === undefined) return undefined;
  if (ts.isIdentifier(name) || ts.isPrivateIdentifier(name)) return name.text;
  if (ts.isStringLiteralLike(name) || ts.isNumericLiteral(name)) return name.text;
  return undefined;
}

/**
 * The constants of some files: `const X = …`, members of enums, of constant objects and of static classes. A name that stands for different things in two
 * files means the one of the file that uses it, or nothing.
 */
export class Constants {
  readonly #ofFile = new Map<ts.SourceFile, Map<string, ts.Expression>>();
  readonly #ofAll = new Map<string, ts.Expression | 'several'>();

  constructor(files: readonly CodeFile[]) {
    for (const { source } of files) {
      const own = new Map<string, ts.Expression>();
      this.#ofFile.set(source, own);
      this.#collect(source, own);
    }
    for (const own of this.#ofFile.values()) {
      for (const [name, expression] of own) {
        const known = this.#ofAll.get(name);
        const isSame = known !== undefined && known !== 'several' && known.getText() === expression.getText();
        this.#ofAll.set(name, known === undefined || isSame ? expression : 'several');
      }
    }
  }

  #collect(node: ts.Node, own: Map<string, ts.Expression>): void {
    if (ts.isVariableDeclaration(node) && isConst(node) && node.initializer !== undefined) {
      if (ts.isIdentifier(node.name)) own.set(node.name.text, node.initializer);
    } else if (ts.isEnumDeclaration(node)) {
      for (const member of node.members) {
        const name = writtenName(member.name);
        if (name !== undefined && member.initializer !== undefined)
          own.set(`${node.name.text}.${name}`, member.initializer);
      }
    } else if (ts.isPropertyDeclaration(node) && ts.isClassDeclaration(node.parent)) {
      const isFixed = node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ReadonlyKeyword) === true;
      const name = writtenName(node.name);
      if (isFixed && name !== undefined && node.initializer !== undefined) {
        own.set(`this.${name}`, node.initializer);
        if (node.parent.name !== undefined) own.set(`${node.parent.name.text}.${name}`, node.initializer);
      }
    }
    ts.forEachChild(node, (child) => {
      this.#collect(child, own);
    });
  }

  /** What an identifier or `Name.member` stands for; undefined where that is decided at run time. */
  resolve(node: ts.Expression, depth = 0): ts.Expression | undefined {
    const found = bare(node);
    if (depth > maxDepth) return undefined;
    if (ts.isIdentifier(found)) return this.#named(found.text, found.getSourceFile(), depth);
    if (!ts.isPropertyAccessExpression(found)) return found;
    const direct = this.#named(found.getText().replace(/\s+/g, ''), found.getSourceFile(), depth);
    if (direct !== undefined) return direct;
    const object = this.resolve(found.expression, depth + 1);
    if (object === undefined || !ts.isObjectLiteralExpression(object)) return undefined;
    const value = valueOf(object, found.name.text);
    return value === undefined ? undefined : this.resolve(value, depth + 1);
  }

  #named(name: string, source: ts.SourceFile, depth: number): ts.Expression | undefined {
    const found = this.#ofFile.get(source)?.get(name) ?? this.#ofAll.get(name);
    return found === undefined || found === 'several' ? undefined : this.resolve(found, depth + 1);
  }

  /** A text as its parts. */
  pieces(node: ts.Expression): Pieces {
    const found = this.resolve(node);
    if (found === undefined) return [undefined];
    if (ts.isStringLiteralLike(found)) return [found.text];
    if (ts.isTemplateExpression(found)) {
      const spans = found.templateSpans.flatMap(({ expression, literal }) => [
        ...this.pieces(expression),
        literal.text,
      ]);
      return joined([found.head.text, ...spans]);
    }
    if (ts.isBinaryExpression(found) && found.operatorToken.kind === ts.SyntaxKind.PlusToken)
      return joined([...this.pieces(found.left), ...this.pieces(found.right)]);
    return [undefined];
  }

  /** A text that does not depend on the run. */
  text(node: ts.Expression): string | undefined {
    const pieces = this.pieces(node);
    return pieces.length === 1 ? pieces[0] : undefined;
  }

  /** The values that an expression can have: `ok ? 'hit' : 'miss'` has two; undefined where they are decided at run time. */
  values(node: ts.Expression): readonly string[] | undefined {
    const found = this.resolve(node);
    if (found === undefined) return undefined;
    if (ts.isStringLiteralLike(found) || ts.isNumericLiteral(found)) return [found.text];
    if (found.kind === ts.SyntaxKind.TrueKeyword) return ['true'];
    if (found.kind === ts.SyntaxKind.FalseKeyword) return ['false'];
    if (ts.isConditionalExpression(found)) {
      const [yes, no] = [this.values(found.whenTrue), this.values(found.whenFalse)];
      return yes === undefined || no === undefined ? undefined : [...new Set([...yes, ...no])];
    }
    if (ts.isTemplateExpression(found)) {
      const text = this.text(found);
      return text === undefined ? undefined : [text];
    }
    return undefined;
  }

  number(node: ts.Expression): number | undefined {
    const found = this.resolve(node);
    if (found === undefined) return undefined;
    if (ts.isNumericLiteral(found)) return Number(found.text.replace(/_/g, ''));
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
      case ts.SyntaxKind.AsteriskAsteriskToken:
        return left ** right;
      default:
        return undefined;
    }
  }

  /** The items of a list, lists that are spread into it among them; undefined where a part is not known. */
  items(node: ts.Expression): readonly ts.Expression[] | undefined {
    const found = this.resolve(node);
    if (found === undefined) return undefined;
    if (ts.isCallExpression(found)) return this.#frozen(found);
    if (!ts.isArrayLiteralExpression(found)) return undefined;
    const items: ts.Expression[] = [];
    for (const element of found.elements) {
      if (!ts.isSpreadElement(element)) items.push(element);
      else {
        const spread = this.items(element.expression);
        if (spread === undefined) return undefined;
        items.push(...spread);
      }
    }
    return items;
  }

  #frozen(call: ts.CallExpression): readonly ts.Expression[] | undefined {
    const [only] = call.arguments;
    return call.expression.getText() === 'Object.freeze' && only !== undefined ? this.items(only) : undefined;
  }

  /** An object's text. */
  object(node: ts.Expression): ts.ObjectLiteralExpression | undefined {
    const found = this.resolve(node);
    return found !== undefined && ts.isObjectLiteralExpression(found) ? found : undefined;
  }
}

function joined(parts: Pieces): Pieces {
  const result: (string | undefined)[] = [];
  for (const part of parts) {
    const last = result.at(-1);
    if (part === '') continue;
    if (part !== undefined && last !== undefined) result[result.length - 1] = last + part;
    else if (part !== undefined || result.length === 0 || last !== undefined) result.push(part);
  }
  return result.length === 0 ? [''] : result;
}

/** The value of an object's key; a shorthand property is the identifier itself. */
export function valueOf(object: ts.ObjectLiteralExpression, key: string): ts.Expression | undefined {
  for (const property of object.properties) {
    if (ts.isPropertyAssignment(property) && writtenName(property.name) === key) return property.initializer;
    if (ts.isShorthandPropertyAssignment(property) && property.name.text === key) return property.name;
  }
  return undefined;
}

/** `path:line`. */
export function placeOf({ path, source }: CodeFile, node: ts.Node): string {
  return `${path}:${source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1}`;
}
