import { ts } from 'ts-morph';
import { calleeText, nameText } from '../../instrument/find/names.js';
import { factories, groupsOf } from './packages.js';
import { Scope, type Origins } from './scope.js';

/** Where a name comes from. */
export interface Origin {
  readonly module: string;
  /** The name that it is exported by; `*` for all of the module, `default`. */
  readonly imported: string;
}

/** The names of a file that come from elsewhere, with the clients that are made of them: `this.client` of `openai`. */
export interface NamesInFile {
  readonly scope: Scope;
  /** Files of the tree that it imports or exports on. */
  readonly imports: readonly string[];
  readonly forwarded: readonly { readonly name: string; readonly as: string; readonly from: string }[];
  /** Takes in what a declaration holds. */
  declare(
    node: ts.VariableDeclaration | ts.PropertyDeclaration | ts.ParameterDeclaration,
    scope: Scope,
  ): void;
  /** `this.client = new OpenAI()`. */
  assign(target: string, value: ts.Expression, scope: Scope): void;
}

/** Whether a specifier means a file of the tree. */
export function isRelative(specifier: string): boolean {
  return specifier.startsWith('./') || specifier.startsWith('../') || specifier === '.' || specifier === '..';
}

/** Reads the imports of a file; declarations are added while it is walked. */
export function namesInFile(source: ts.SourceFile, isHelperOf: (origin: Origin) => boolean): NamesInFile {
  const file = new Scope();
  const imports: string[] = [];
  const forwarded: { name: string; as: string; from: string }[] = [];
  for (const statement of source.statements) {
    if (ts.isImportDeclaration(statement) && ts.isStringLiteral(statement.moduleSpecifier)) {
      const module = statement.moduleSpecifier.text;
      if (isRelative(module)) imports.push(module);
      addClause(statement.importClause, module, file);
    } else if (ts.isExportDeclaration(statement)) forward(statement, imports, forwarded, file);
    else if (ts.isImportEqualsDeclaration(statement)) {
      const reference = statement.moduleReference;
      if (ts.isExternalModuleReference(reference) && ts.isStringLiteralLike(reference.expression))
        file.set(statement.name.text, { module: reference.expression.text, imported: '*' });
    }
  }
  const valueOf = (value: ts.Expression | undefined, origins: Origins): Origin | undefined =>
    originOfValue(value, origins) ?? helperOf(value, origins, isHelperOf);
  const declare: NamesInFile['declare'] = (node, scope) => {
    const loaded = node.initializer === undefined ? undefined : loadedModule(node.initializer);
    if (loaded !== undefined) {
      if (!ts.isPropertyDeclaration(node)) addLoaded(node.name, loaded, scope);
      if (isRelative(loaded)) imports.push(loaded);
      return;
    }
    const origin = originOfType(node.type, scope) ?? valueOf(node.initializer, scope);
    const name = ts.isIdentifier(node.name) || ts.isPrivateIdentifier(node.name) ? node.name.text : undefined;
    if (name === undefined) {
      if (ts.isObjectBindingPattern(node.name) || ts.isArrayBindingPattern(node.name)) hide(node.name, scope);
      return;
    }
    const isField = ts.isPropertyDeclaration(node) || ts.isParameterPropertyDeclaration(node, node.parent);
    if (isField && origin !== undefined) scope.set(`this.${name}`, origin);
    if (!ts.isPropertyDeclaration(node)) scope.set(name, origin);
  };
  const assign: NamesInFile['assign'] = (target, value, scope) => {
    const origin = valueOf(value, scope);
    if (origin !== undefined && target !== '') scope.assign(target, origin);
  };
  return { scope: file, imports, forwarded, declare, assign };
}

/** Names that a pattern takes apart are none of those outside. */
function hide(name: ts.BindingName, scope: Scope): void {
  if (ts.isIdentifier(name)) scope.set(name.text, undefined);
  else for (const each of name.elements) if (ts.isBindingElement(each)) hide(each.name, scope);
}

function addClause(clause: ts.ImportClause | undefined, module: string, origins: Scope): void {
  if (clause === undefined) return;
  if (clause.name !== undefined) origins.set(clause.name.text, { module, imported: 'default' });
  const { namedBindings } = clause;
  if (namedBindings === undefined) return;
  if (ts.isNamespaceImport(namedBindings)) origins.set(namedBindings.name.text, { module, imported: '*' });
  else
    for (const { name, propertyName } of namedBindings.elements)
      origins.set(name.text, { module, imported: (propertyName ?? name).text });
}

/** `export * from './a.js'`, `export { a as b } from './a.js'`, and `export { a }` of what was imported. */
function forward(
  { moduleSpecifier, exportClause }: ts.ExportDeclaration,
  imports: string[],
  forwarded: { name: string; as: string; from: string }[],
  origins: Origins,
): void {
  const from =
    moduleSpecifier !== undefined && ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : undefined;
  if (from !== undefined && isRelative(from)) imports.push(from);
  if (exportClause === undefined) {
    if (from !== undefined && isRelative(from)) forwarded.push({ name: '*', as: '*', from });
    return;
  }
  if (!ts.isNamedExports(exportClause)) return;
  for (const { name, propertyName } of exportClause.elements) {
    const local = (propertyName ?? name).text;
    const origin = from === undefined ? origins.get(local) : { module: from, imported: local };
    if (origin !== undefined && isRelative(origin.module))
      forwarded.push({ name: origin.imported, as: name.text, from: origin.module });
  }
}

/** The module of `require('x')` and `await import('x')`. */
function loadedModule(value: ts.Expression): string | undefined {
  const call = ts.isAwaitExpression(value) ? value.expression : value;
  if (!ts.isCallExpression(call)) return undefined;
  const [first] = call.arguments;
  if (first === undefined || !ts.isStringLiteralLike(first)) return undefined;
  const isLoading =
    call.expression.kind === ts.SyntaxKind.ImportKeyword ||
    (ts.isIdentifier(call.expression) && call.expression.text === 'require');
  return isLoading ? first.text : undefined;
}

function addLoaded(name: ts.BindingName, module: string, origins: Scope): void {
  if (ts.isIdentifier(name)) origins.set(name.text, { module, imported: '*' });
  else if (ts.isObjectBindingPattern(name))
    for (const { name: local, propertyName } of name.elements)
      if (ts.isIdentifier(local))
        origins.set(local.text, {
          module,
          imported:
            propertyName !== undefined && ts.isIdentifier(propertyName) ? propertyName.text : local.text,
        });
}

/** `client: OpenAI`: what the annotation names was imported. No types are asked for, only the word. */
function originOfType(type: ts.TypeNode | undefined, origins: Origins): Origin | undefined {
  if (type === undefined || !ts.isTypeReferenceNode(type)) return undefined;
  const name = ts.isIdentifier(type.typeName) ? type.typeName : type.typeName.left;
  const origin = ts.isIdentifier(name) ? origins.get(name.text) : undefined;
  return clientOf(origin);
}

/** `new OpenAI()`, `createClient()`, `pg.connect()`, `promisify(execFile)`, and another name of a client. */
function originOfValue(given: ts.Expression | undefined, origins: Origins): Origin | undefined {
  let value = given;
  while (
    value !== undefined &&
    (ts.isAwaitExpression(value) ||
      ts.isAsExpression(value) ||
      ts.isNonNullExpression(value) ||
      ts.isParenthesizedExpression(value))
  )
    value = value.expression;
  if (value === undefined) return undefined;
  if (ts.isBinaryExpression(value) && value.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken)
    return originOfValue(value.right, origins);
  if (ts.isNewExpression(value)) return clientOf(originOfName(value.expression, origins));
  if (!ts.isCallExpression(value)) {
    const origin =
      ts.isIdentifier(value) || ts.isPropertyAccessExpression(value)
        ? originOfName(value, origins)
        : undefined;
    return clientOf(origin);
  }
  const callee = value.expression;
  const origin = originOfName(callee, origins);
  const last = ts.isPropertyAccessExpression(callee) ? callee.name.text : (origin?.imported ?? '');
  if (last === 'promisify') return originOfValue(value.arguments[0], origins);
  return factories.test(last) ? clientOf(origin) : undefined;
}

/** `agents.queue('tasks')`, `agents.wrapTool(…)`: what a generated helper makes to be used later is that helper still. */
function helperOf(
  value: ts.Expression | undefined,
  origins: Origins,
  isHelperOf: (origin: Origin) => boolean,
): Origin | undefined {
  if (value === undefined || !ts.isCallExpression(value) || !ts.isPropertyAccessExpression(value.expression))
    return undefined;
  if (!/^(?:sandbox|queue|wrap\w*|child|with\w*|start\w*)$/.test(value.expression.name.text))
    return undefined;
  const origin = originOfName(value.expression, origins);
  return origin !== undefined && isHelperOf(origin) ? origin : undefined;
}

/** The origin of what a name or a chain of names begins with. */
function originOfName(node: ts.Expression, origins: Origins): Origin | undefined {
  const text = calleeText(node, node.getSourceFile());
  return text === undefined ? undefined : originOf(text, origins)?.origin;
}

/** Looks up the longest known beginning of a callee: `this.client` before `this`; and what follows it. */
export function originOf(
  callee: string,
  origins: Origins,
): { readonly origin: Origin; readonly rest: string } | undefined {
  const first = callee.startsWith('this.') ? callee.indexOf('.', 'this.'.length) : callee.indexOf('.');
  const root = first < 0 ? callee : callee.slice(0, first);
  const origin = origins.get(root) ?? (root.endsWith('()') ? origins.get(root.slice(0, -2)) : undefined);
  return origin === undefined ? undefined : { origin, rest: first < 0 ? '' : callee.slice(first + 1) };
}

/** A thing of a package that is known, or of the tree; others are of no interest. */
function clientOf(origin: Origin | undefined): Origin | undefined {
  if (origin === undefined) return undefined;
  if (isRelative(origin.module)) return undefined;
  return groupsOf(origin.module).length === 0 ? undefined : { module: origin.module, imported: '*' };
}

/** The text of a field's name behind `this.`, for the left side of an assignment. */
export function assignedTo(left: ts.Expression): string {
  if (ts.isIdentifier(left)) return left.text;
  if (ts.isPropertyAccessExpression(left) && left.expression.kind === ts.SyntaxKind.ThisKeyword)
    return `this.${nameText(left.name, left.getSourceFile()) ?? ''}`;
  return '';
}
