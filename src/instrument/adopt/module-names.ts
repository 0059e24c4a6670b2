import { ts } from 'ts-morph';
import { nodesNamed } from './code-base.js';

/** A place that takes a module in as one thing. */
export interface ModuleName {
  /** What the file calls it; undefined where it is used at once. */
  readonly name: ts.Identifier | undefined;
  readonly call?: ts.CallExpression | undefined;
}

const known = new WeakMap<ts.SourceFile, readonly ModuleName[]>();

/** `import x from`, `import x = require()`, `const x = require()`, and `require()` that no variable takes. */
export function moduleNames(source: ts.SourceFile): readonly ModuleName[] {
  let found = known.get(source);
  if (found === undefined) {
    found = [...imported(source), ...required(source)];
    known.set(source, found);
  }
  return found;
}

function imported(source: ts.SourceFile): readonly ModuleName[] {
  return source.statements.flatMap((statement) => {
    if (ts.isImportEqualsDeclaration(statement)) return [{ name: statement.name }];
    if (!ts.isImportDeclaration(statement)) return [];
    const { importClause: clause } = statement;
    const space = clause?.namedBindings;
    return [
      ...(clause?.name === undefined ? [] : [{ name: clause.name }]),
      ...(space !== undefined && ts.isNamespaceImport(space) ? [{ name: space.name }] : []),
    ];
  });
}

function required(source: ts.SourceFile): readonly ModuleName[] {
  return nodesNamed(source, 'require').flatMap((node): readonly ModuleName[] => {
    const call = node.parent;
    if (!ts.isCallExpression(call) || call.expression !== node) return [];
    const { parent } = call;
    if (!ts.isVariableDeclaration(parent)) return [{ name: undefined, call }];
    return ts.isIdentifier(parent.name) ? [{ name: parent.name }] : [];
  });
}
