import { ts } from 'ts-morph';
import { replace, type Edit } from '../edit.js';
import { isMemberName } from '../file/free-names.js';
import { clientThing } from './client.js';
import { nodesNamed } from './code-base.js';
import { hasComment } from './expressions.js';

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** One name that a statement takes from a client library. */
interface Binding {
  readonly name: ts.Identifier;
  /** What names it in the statement. */
  readonly part: ts.Node;
}

interface Taking {
  readonly statement: ts.Statement;
  readonly bindings: readonly Binding[];
}

export interface DroppedImports {
  readonly edits: readonly Edit[];
  /** Statements that go as a whole; what they become is for others to say. */
  readonly statements: readonly ts.Statement[];
}

/** Which names of a client library nothing uses any more once some stretches of the file are replaced. */
export function droppedImports(
  checker: ts.TypeChecker,
  source: ts.SourceFile,
  replaced: readonly Stretch[],
): DroppedImports {
  const takings = source.statements.flatMap((statement) => takingOf(checker, statement) ?? []);
  const gone: Stretch[] = [...replaced];
  const unused = new Set<Binding>();
  for (let hasChanged = true; hasChanged;) {
    hasChanged = false;
    for (const { statement, bindings } of takings)
      for (const binding of bindings) {
        if (unused.has(binding) || !isLeftOver(source, binding, gone)) continue;
        unused.add(binding);
        hasChanged = true;
        if (bindings.every((each) => unused.has(each))) gone.push(stretchOf(statement));
      }
  }
  const whole = takings.filter(({ bindings }) => bindings.every((each) => unused.has(each)));
  const edits = takings
    .filter((taking) => !whole.includes(taking))
    .flatMap(({ statement, bindings }) => cuts(statement, bindings, unused));
  return { edits, statements: whole.map(({ statement }) => statement) };
}

function stretchOf(node: ts.Node): Stretch {
  return { start: node.getStart(), end: node.end };
}

function takingOf(checker: ts.TypeChecker, statement: ts.Statement): Taking | undefined {
  if (ts.isImportDeclaration(statement)) {
    const { importClause: clause } = statement;
    if (clause === undefined) return undefined;
    const named = clause.namedBindings;
    const bindings: Binding[] = [
      ...(clause.name === undefined ? [] : [{ name: clause.name, part: clause.name }]),
      ...(named === undefined
        ? []
        : ts.isNamespaceImport(named)
          ? [{ name: named.name, part: named }]
          : named.elements.map((element) => ({ name: element.name, part: element }))),
    ];
    return bindings.length > 0 && bindings.every(({ name }) => clientThing(checker, name) !== undefined)
      ? { statement, bindings }
      : undefined;
  }
  if (ts.isImportEqualsDeclaration(statement))
    return clientThing(checker, statement.name) === undefined
      ? undefined
      : { statement, bindings: [{ name: statement.name, part: statement }] };
  if (!ts.isVariableStatement(statement) || statement.modifiers !== undefined) return undefined;
  const [declaration, ...others] = statement.declarationList.declarations;
  if (declaration?.initializer === undefined || others.length > 0) return undefined;
  if (clientThing(checker, declaration.initializer) === undefined) return undefined;
  if (ts.isIdentifier(declaration.name))
    return { statement, bindings: [{ name: declaration.name, part: statement }] };
  if (!ts.isObjectBindingPattern(declaration.name)) return undefined;
  const bindings = declaration.name.elements.flatMap((element) =>
    ts.isIdentifier(element.name) && element.dotDotDotToken === undefined
      ? [{ name: element.name, part: element }]
      : [],
  );
  return bindings.length === declaration.name.elements.length ? { statement, bindings } : undefined;
}

/** Whether all that uses a name goes; a name that nothing used before is none of ours. */
function isLeftOver(source: ts.SourceFile, { name }: Binding, gone: readonly Stretch[]): boolean {
  let hadUse = false;
  for (const node of nodesNamed(source, name.text)) {
    if (node === name || !ts.isIdentifier(node) || isMemberName(node, node.parent)) continue;
    const start = node.getStart();
    if (!gone.some((each) => each.start <= start && node.end <= each.end)) return false;
    hadUse = true;
  }
  return hadUse && !isNamedInDocs(source.text, name.text);
}

/** `@type {Counter}` of JavaScript. */
function isNamedInDocs(text: string, name: string): boolean {
  if (!text.includes('/**')) return false;
  const inBraces = new RegExp(`\\{[^}]*\\b${name.replaceAll('$', '\\$')}\\b`);
  return [...text.matchAll(/\/\*\*[\s\S]*?\*\//g)].some(([comment]) => inBraces.test(comment));
}

/** Takes names out of a statement that keeps others. */
function cuts(
  statement: ts.Statement,
  bindings: readonly Binding[],
  unused: ReadonlySet<Binding>,
): readonly Edit[] {
  if (!bindings.some((each) => unused.has(each))) return [];
  const edits: Edit[] = [];
  const clause = ts.isImportDeclaration(statement) ? statement.importClause : undefined;
  const named = clause?.namedBindings;
  const ofClause = clause?.name === undefined ? undefined : bindings[0];
  if (ofClause !== undefined && clause?.name !== undefined && named !== undefined) {
    const others = bindings.slice(1);
    // `import client, { Counter } from`: one of the two sides goes.
    if (unused.has(ofClause)) edits.push(replace(clause.name.getStart(), named.getStart(), '', clause));
    if (others.every((each) => unused.has(each)))
      return [...edits, replace(clause.name.end, named.end, '', clause)];
    return [...edits, ...cutsOfList(others, unused)];
  }
  return cutsOfList(bindings, unused);
}

function cutsOfList(bindings: readonly Binding[], unused: ReadonlySet<Binding>): readonly Edit[] {
  const edits: Edit[] = [];
  const lastKept = bindings.reduce((last, each, index) => (unused.has(each) ? last : index), -1);
  bindings.forEach((binding, index) => {
    if (!unused.has(binding)) return;
    const { part } = binding;
    const { text } = part.getSourceFile();
    const next = bindings[index + 1]?.part;
    const previous = bindings[index - 1]?.part;
    const [start, end] =
      index > lastKept
        ? [previous?.end ?? part.getStart(), part.end]
        : [part.getStart(), next?.getStart() ?? part.end];
    // A comment beside a name says something to somebody.
    if (!hasComment(text.slice(start, end))) edits.push(replace(start, end, '', part));
  });
  return edits;
}
