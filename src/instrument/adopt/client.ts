import { ts } from 'ts-morph';
import { innermost, requiredModule, unaliased } from './expressions.js';

/** Something of a client library: the module itself, or one of its exports. */
export interface ClientThing {
  readonly package: 'prom-client' | '@prometheus-io/client';
  /** Undefined: the module. */
  readonly name: string | undefined;
}

/** How often one name may lead to another one. */
const maxDepth = 8;

function ofModule(specifier: string): ClientThing | undefined {
  return specifier === 'prom-client' || specifier === '@prometheus-io/client'
    ? { package: specifier, name: undefined }
    : undefined;
}

/** `default` is the module itself, as Node and `esModuleInterop` have it. */
function member(thing: ClientThing | undefined, name: string): ClientThing | undefined {
  if (thing?.name !== undefined || thing === undefined) return undefined;
  return name === 'default' ? thing : { ...thing, name };
}

function moduleOf(node: ts.Node): ClientThing | undefined {
  const statement = ts.findAncestor(
    node,
    (each): each is ts.ImportDeclaration | ts.ExportDeclaration =>
      ts.isImportDeclaration(each) || ts.isExportDeclaration(each),
  );
  const specifier = statement?.moduleSpecifier;
  return specifier !== undefined && ts.isStringLiteralLike(specifier) ? ofModule(specifier.text) : undefined;
}

/**
 * What an expression or a name of a type is of prom-client or @prometheus-io/client, by its import and by the scopes of the language;
 * undefined where it is anything else, whatever its name.
 */
export function clientThing(checker: ts.TypeChecker, node: ts.Node, depth = 0): ClientThing | undefined {
  if (depth > maxDepth) return undefined;
  if (ts.isIdentifier(node)) {
    const symbol = checker.getSymbolAtLocation(node);
    return symbol === undefined ? undefined : ofSymbol(checker, symbol, depth);
  }
  if (ts.isPropertyAccessExpression(node))
    return (
      member(clientThing(checker, node.expression, depth + 1), node.name.text) ??
      ofMember(checker, node.name, depth)
    );
  if (ts.isQualifiedName(node)) return member(clientThing(checker, node.left, depth + 1), node.right.text);
  if (ts.isAwaitExpression(node)) return clientThing(checker, node.expression, depth + 1);
  if (ts.isCallExpression(node)) {
    const [only] = node.arguments;
    if (node.expression.kind === ts.SyntaxKind.ImportKeyword)
      return only !== undefined && ts.isStringLiteralLike(only) ? ofModule(only.text) : undefined;
    const required = requiredModule(node);
    return required === undefined ? undefined : ofModule(required);
  }
  const inner = ts.isExpression(node) ? innermost(node) : node;
  return inner === node ? undefined : clientThing(checker, inner, depth + 1);
}

/** `own.Counter`, where `own` is a module that passes the client's exports on. */
function ofMember(checker: ts.TypeChecker, name: ts.MemberName, depth: number): ClientThing | undefined {
  const symbol = checker.getSymbolAtLocation(name);
  if (symbol === undefined || (symbol.flags & ts.SymbolFlags.Alias) === 0) return undefined;
  return ofSymbol(checker, symbol, depth + 1);
}

function ofSymbol(checker: ts.TypeChecker, symbol: ts.Symbol, depth: number): ClientThing | undefined {
  const [declaration] = symbol.declarations ?? [];
  if (declaration === undefined) return undefined;
  const direct = ofDeclaration(checker, declaration, depth);
  if (direct !== undefined) return direct;
  if ((symbol.flags & ts.SymbolFlags.Alias) === 0) return ofPackage(symbol, declaration);
  const next = checker.getImmediateAliasedSymbol(symbol);
  return next === undefined || depth > maxDepth
    ? ofPackage(unaliased(checker, symbol), unaliased(checker, symbol).declarations?.[0])
    : ofSymbol(checker, next, depth + 1);
}

/** A class that the types of the package declare. */
function ofPackage(symbol: ts.Symbol, declaration: ts.Declaration | undefined): ClientThing | undefined {
  const file = declaration?.getSourceFile().fileName ?? '';
  const [, found] = /\/node_modules\/(prom-client|@prometheus-io\/client)\/[^/]*\.d\.ts$/.exec(file) ?? [];
  return found === undefined || declaration === undefined || !ts.isSourceFile(declaration.parent)
    ? undefined
    : { package: found as ClientThing['package'], name: symbol.name };
}

function ofDeclaration(
  checker: ts.TypeChecker,
  declaration: ts.Declaration,
  depth: number,
): ClientThing | undefined {
  if (ts.isImportSpecifier(declaration) || ts.isExportSpecifier(declaration))
    return member(moduleOf(declaration), (declaration.propertyName ?? declaration.name).text);
  if (
    ts.isImportClause(declaration) ||
    ts.isNamespaceImport(declaration) ||
    ts.isNamespaceExport(declaration)
  )
    return moduleOf(declaration);
  if (ts.isImportEqualsDeclaration(declaration)) {
    const { moduleReference } = declaration;
    if (!ts.isExternalModuleReference(moduleReference)) return undefined;
    const { expression } = moduleReference;
    return ts.isStringLiteralLike(expression) ? ofModule(expression.text) : undefined;
  }
  if (ts.isVariableDeclaration(declaration))
    return declaration.initializer === undefined || declaration.type !== undefined
      ? undefined
      : clientThing(checker, declaration.initializer, depth + 1);
  if (ts.isBindingElement(declaration)) {
    const name = declaration.propertyName ?? declaration.name;
    const variable = declaration.parent.parent;
    if (!ts.isIdentifier(name) || !ts.isVariableDeclaration(variable) || variable.initializer === undefined)
      return undefined;
    return member(clientThing(checker, variable.initializer, depth + 1), name.text);
  }
  return undefined;
}
