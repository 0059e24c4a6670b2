import { ts } from 'ts-morph';
import { replace, type Edit } from '../edit.js';

/** What the code of a file calls the generated helpers, and what they are called now. */
export interface RenameOptions {
  /** By the former name of a helper, its name: `researchJobsTotal` is `researchRunsTotal`. */
  readonly names: ReadonlyMap<string, string>;
  /** The name of the generated module that a specifier means, without extension; undefined: another module. */
  readonly generated: (specifier: string) => string | undefined;
}

/** A former name that may be a helper's, of something that is not known to be the helpers. */
export interface Unsure {
  readonly name: string;
  readonly start: number;
}

export interface RenamedUses {
  readonly edits: readonly Edit[];
  readonly unsure: readonly Unsure[];
}

/** Generated modules that export `metrics` and its type. */
const modules: ReadonlySet<string> = new Set(['index', 'metrics', '']);

/** A checker of one file: what it imports stays unknown, but each name leads to where the file declares it. */
function checkerOf(source: ts.SourceFile): ts.TypeChecker {
  const host: ts.CompilerHost = {
    getSourceFile: (name) => (name === source.fileName ? source : undefined),
    getDefaultLibFileName: () => 'lib.d.ts',
    writeFile: () => undefined,
    getCurrentDirectory: () => '/',
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
    fileExists: (name) => name === source.fileName,
    readFile: () => undefined,
  };
  const options: ts.CompilerOptions = { noResolve: true, noLib: true, allowJs: true, types: [] };
  return ts.createProgram({ rootNames: [source.fileName], options, host }).getTypeChecker();
}

class Finder {
  readonly edits: Edit[] = [];
  readonly unsure: Unsure[] = [];
  readonly #source: ts.SourceFile;
  readonly #options: RenameOptions;
  readonly #checker: ts.TypeChecker;

  constructor(source: ts.SourceFile, options: RenameOptions) {
    this.#source = source;
    this.#options = options;
    this.#checker = checkerOf(source);
  }

  run(): RenamedUses {
    const visit = (node: ts.Node): void => {
      this.#look(node);
      ts.forEachChild(node, visit);
    };
    visit(this.#source);
    return { edits: this.edits, unsure: this.unsure };
  }

  #look(node: ts.Node): void {
    if (ts.isPropertyAccessExpression(node))
      this.#use(node.expression, node.name, node.name.text, (now) => now);
    else if (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression)) {
      const { argumentExpression: key } = node;
      const quote = key.getText(this.#source).charAt(0);
      this.#use(node.expression, key, key.text, (now) => `${quote}${now}${quote}`);
    } else if (ts.isObjectBindingPattern(node)) this.#pattern(node);
  }

  #use(object: ts.Expression, key: ts.Node, name: string, text: (now: string) => string): void {
    const now = this.#options.names.get(name);
    if (now === undefined) return;
    const start = key.getStart(this.#source);
    if (this.#isHelpers(object, 0)) this.edits.push(replace(start, key.end, text(now), key));
    else this.unsure.push({ name, start });
  }

  /** `const { researchJobsTotal } = metrics`: the variable keeps its name, which the file uses further on. */
  #pattern(pattern: ts.ObjectBindingPattern): void {
    const isOurs = this.#isTakenApart(pattern);
    for (const element of pattern.elements) {
      const key = element.propertyName ?? element.name;
      if (!ts.isIdentifier(key) || element.dotDotDotToken !== undefined) continue;
      const now = this.#options.names.get(key.text);
      if (now === undefined) continue;
      const start = key.getStart(this.#source);
      if (!isOurs) this.unsure.push({ name: key.text, start });
      else
        this.edits.push(
          replace(start, key.end, element.propertyName === undefined ? `${now}: ${key.text}` : now, key),
        );
    }
  }

  #isTakenApart(pattern: ts.ObjectBindingPattern): boolean {
    const { parent } = pattern;
    if (ts.isVariableDeclaration(parent) || ts.isParameter(parent)) {
      if (parent.type !== undefined) return this.#isHelpersType(parent.type);
      return parent.initializer !== undefined && this.#isHelpers(parent.initializer, 0);
    }
    // `const { metrics: { researchJobsTotal } } = telemetry`
    const outer = ts.isBindingElement(parent) ? parent.parent : undefined;
    return (
      ts.isBindingElement(parent) &&
      outer !== undefined &&
      ts.isObjectBindingPattern(outer) &&
      parent.propertyName !== undefined &&
      ts.isIdentifier(parent.propertyName) &&
      parent.propertyName.text === 'metrics' &&
      ts.isVariableDeclaration(outer.parent) &&
      outer.parent.initializer !== undefined &&
      this.#isModule(outer.parent.initializer)
    );
  }

  /** Whether an expression is the object of the helpers. */
  #isHelpers(expression: ts.Expression, depth: number): boolean {
    if (ts.isParenthesizedExpression(expression) || ts.isNonNullExpression(expression))
      return this.#isHelpers(expression.expression, depth);
    if (ts.isAsExpression(expression) || ts.isSatisfiesExpression(expression))
      return this.#isHelpersType(expression.type) || this.#isHelpers(expression.expression, depth);
    if (ts.isPropertyAccessExpression(expression)) {
      if (expression.name.text === 'metrics' && this.#isModule(expression.expression)) return true;
      return this.#isHelpersMember(expression);
    }
    if (!ts.isIdentifier(expression) || depth > 8) return false;
    const declaration = this.#declarationOf(expression);
    if (declaration === undefined) return false;
    if (ts.isImportSpecifier(declaration))
      return (
        (declaration.propertyName ?? declaration.name).text === 'metrics' && this.#isFromModule(declaration)
      );
    if (ts.isParameter(declaration))
      return declaration.type !== undefined && this.#isHelpersType(declaration.type);
    if (ts.isVariableDeclaration(declaration)) {
      if (declaration.type !== undefined) return this.#isHelpersType(declaration.type);
      const isConstant = (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0;
      return (
        isConstant &&
        declaration.initializer !== undefined &&
        this.#isHelpers(declaration.initializer, depth + 1)
      );
    }
    // `const { metrics } = require('./generated')`
    if (ts.isBindingElement(declaration)) {
      const name = declaration.propertyName ?? declaration.name;
      const variable = declaration.parent.parent;
      return (
        ts.isIdentifier(name) &&
        name.text === 'metrics' &&
        ts.isVariableDeclaration(variable) &&
        variable.initializer !== undefined &&
        this.#isModule(variable.initializer)
      );
    }
    return false;
  }

  /** `this.metrics`, where the class says that it is the helpers. */
  #isHelpersMember(expression: ts.PropertyAccessExpression): boolean {
    const declaration = this.#declarationOf(expression.name);
    if (declaration === undefined) return false;
    if (
      !ts.isPropertyDeclaration(declaration) &&
      !ts.isParameter(declaration) &&
      !ts.isPropertySignature(declaration)
    )
      return false;
    if (declaration.type !== undefined) return this.#isHelpersType(declaration.type);
    const { initializer } = declaration as ts.PropertyDeclaration;
    const isFixed = ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Readonly;
    return isFixed !== 0 && initializer !== undefined && this.#isHelpers(initializer, 1);
  }

  /** Whether an expression is a generated module as a whole: a namespace, or what `require` and `await import` return. */
  #isModule(expression: ts.Expression): boolean {
    if (ts.isParenthesizedExpression(expression) || ts.isAwaitExpression(expression))
      return this.#isModule(expression.expression);
    if (ts.isCallExpression(expression)) {
      const [argument] = expression.arguments;
      const isLoading =
        expression.expression.kind === ts.SyntaxKind.ImportKeyword ||
        (ts.isIdentifier(expression.expression) && expression.expression.text === 'require');
      return (
        isLoading && argument !== undefined && ts.isStringLiteralLike(argument) && this.#isOurs(argument.text)
      );
    }
    if (!ts.isIdentifier(expression)) return false;
    const declaration = this.#declarationOf(expression);
    if (declaration === undefined) return false;
    if (ts.isNamespaceImport(declaration)) return this.#isFromModule(declaration);
    return (
      ts.isVariableDeclaration(declaration) &&
      declaration.initializer !== undefined &&
      !ts.isIdentifier(declaration.initializer) &&
      this.#isModule(declaration.initializer)
    );
  }

  /** `Metrics` or `typeof metrics`, imported from the generated code. */
  #isHelpersType(type: ts.TypeNode): boolean {
    if (ts.isTypeReferenceNode(type)) {
      const { typeName } = type;
      if (!ts.isIdentifier(typeName)) return false;
      if (typeName.text === 'Readonly' && type.typeArguments?.[0] !== undefined)
        return this.#isHelpersType(type.typeArguments[0]);
      const declaration = this.#declarationOf(typeName);
      return (
        declaration !== undefined &&
        ts.isImportSpecifier(declaration) &&
        (declaration.propertyName ?? declaration.name).text === 'Metrics' &&
        this.#isFromModule(declaration)
      );
    }
    return ts.isTypeQueryNode(type) && ts.isIdentifier(type.exprName) && this.#isHelpers(type.exprName, 0);
  }

  #declarationOf(name: ts.Identifier | ts.MemberName): ts.Declaration | undefined {
    return this.#checker.getSymbolAtLocation(name)?.declarations?.[0];
  }

  #isFromModule(declaration: ts.Node): boolean {
    const statement = ts.findAncestor(declaration, ts.isImportDeclaration);
    return (
      statement !== undefined &&
      ts.isStringLiteral(statement.moduleSpecifier) &&
      this.#isOurs(statement.moduleSpecifier.text)
    );
  }

  #isOurs(specifier: string): boolean {
    const module = this.#options.generated(specifier);
    return module !== undefined && modules.has(module);
  }
}

/**
 * Where a file uses the former name of a helper, and what it becomes. Only what leads to the generated module counts, by its import and by
 * the scopes of the language: an object of the same name that is somebody else's is left alone, and so is what a type of the file does
 * not tell.
 * @param source with parents
 */
export function renamedUses(source: ts.SourceFile, options: RenameOptions): RenamedUses {
  for (const name of options.names.keys())
    if (source.text.includes(name)) return new Finder(source, options).run();
  return { edits: [], unsure: [] };
}
