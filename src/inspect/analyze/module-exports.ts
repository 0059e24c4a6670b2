import { ts } from 'ts-morph';
import { isRelative, type NamesInFile } from './names-in-file.js';
import { isHelper } from './telemetry-of.js';

/** Clients under the names that other files may import; which are exported is theirs to know. */
export function clientsOf({ scope }: NamesInFile): Readonly<Record<string, string>> {
  const clients: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [name, origin] of scope.own) {
    if (origin === undefined) continue;
    const { module, imported } = origin;
    if (imported === '*' && !name.startsWith('this.') && !isRelative(module) && !isHelper(name))
      clients[name] = module;
  }
  return clients;
}

/** The name of the function that a file exports by default. */
export function defaultNameOf(source: ts.SourceFile): string | undefined {
  for (const statement of source.statements) {
    if (ts.isExportAssignment(statement)) {
      return ts.isIdentifier(statement.expression) ? statement.expression.text : 'default';
    }
    if (
      ts.isFunctionDeclaration(statement) &&
      statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword) === true
    )
      return statement.name?.text ?? 'default';
  }
  return undefined;
}
