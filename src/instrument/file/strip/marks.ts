import { ts } from 'ts-morph';
import type { HelperName } from '../../file-context.js';
import type { PlanSettings } from '../file-plan.js';
import { folderOf } from '../folder-facts.js';
import { Specifiers, takenModules } from '../specifiers.js';

/** An import of the generated `instrument` module: the mark of what the codemod has written. */
export interface Mark {
  readonly statement: ts.Statement;
  /** What the file calls the whole module: `import x = require()`, `import * as x`. */
  readonly whole: string | undefined;
  /** The names that are imported, with what the file calls them. */
  readonly names: readonly MarkedName[];
}

export interface MarkedName {
  readonly helper: string;
  readonly local: string;
  /** The part of the import that can go on its own. */
  readonly node: ts.Node;
}

/** The imports of the `instrument` module in a file. Files that have none are told by a look at their text. */
export function marksOf(source: ts.SourceFile, path: string, settings: PlanSettings): readonly Mark[] {
  if (!mayBeMarked(source.text)) return [];
  const taken = takenModules(source).filter(({ specifier }) => specifier.includes('/instrument'));
  if (taken.length === 0) return [];
  const specifiers = new Specifiers(path, settings, folderOf(path, settings).options);
  return taken
    .filter(({ specifier }) => specifiers.generated(specifier) === 'instrument')
    .flatMap(({ statement }) => markOf(statement, source) ?? []);
}

/** Whether a text could import the module at all. */
export function mayBeMarked(text: string): boolean {
  return text.includes('/instrument');
}

function markOf(statement: ts.Statement, source: ts.SourceFile): Mark | undefined {
  if (ts.isImportEqualsDeclaration(statement)) return { statement, whole: statement.name.text, names: [] };
  if (ts.isImportDeclaration(statement)) {
    const bindings = statement.importClause?.namedBindings;
    if (bindings === undefined) return undefined;
    if (ts.isNamespaceImport(bindings)) return { statement, whole: bindings.name.text, names: [] };
    const names = bindings.elements.map((node) => ({
      helper: (node.propertyName ?? node.name).text,
      local: node.name.text,
      node,
    }));
    return { statement, whole: undefined, names };
  }
  if (!ts.isVariableStatement(statement)) return undefined;
  const pattern = statement.declarationList.declarations[0]?.name;
  if (pattern === undefined || ts.isArrayBindingPattern(pattern)) return undefined;
  if (ts.isIdentifier(pattern)) return { statement, whole: pattern.text, names: [] };
  const names = pattern.elements.flatMap((node) => {
    if (!ts.isIdentifier(node.name)) return [];
    const helper = node.propertyName === undefined ? node.name.text : node.propertyName.getText(source);
    return [{ helper, local: node.name.text, node }];
  });
  return { statement, whole: undefined, names };
}

/** Tells what helper an expression names: `traceFunction`, `instrument.traceFunction`. */
export class Helpers {
  /** Local names of helpers and of the whole module. */
  readonly locals = new Set<string>();
  private readonly byLocal = new Map<string, string>();
  private readonly wholes = new Set<string>();
  private readonly statements: ReadonlySet<ts.Node>;

  constructor(marks: readonly Mark[]) {
    this.statements = new Set(marks.map(({ statement }) => statement));
    for (const { whole, names } of marks) {
      if (whole !== undefined) this.wholes.add(whole);
      for (const { helper, local } of names) this.byLocal.set(local, helper);
    }
    for (const local of [...this.byLocal.keys(), ...this.wholes]) this.locals.add(local);
  }

  /** Whether a node is one of the imports. */
  isMark(node: ts.Node): boolean {
    return this.statements.has(node);
  }

  of(expression: ts.Node): HelperName | undefined {
    if (ts.isIdentifier(expression)) return this.byLocal.get(expression.text) as HelperName | undefined;
    if (!ts.isPropertyAccessExpression(expression) || !ts.isIdentifier(expression.expression))
      return undefined;
    return this.wholes.has(expression.expression.text) ? (expression.name.text as HelperName) : undefined;
  }

  /** The arguments of a call of a helper; undefined: another expression. */
  callOf(node: ts.Node | undefined, helper: HelperName): readonly ts.Expression[] | undefined {
    if (node === undefined || !ts.isCallExpression(node) || this.of(node.expression) !== helper)
      return undefined;
    return node.arguments.some(ts.isSpreadElement) ? undefined : node.arguments;
  }
}
