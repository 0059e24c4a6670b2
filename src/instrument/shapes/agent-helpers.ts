import { ts } from 'ts-morph';
import { originOfName } from './name-origin.js';

/**
 * What members of obs-gen's generated modules do with a span: open one for the work that they are given, or put one around the functions
 * that they are given. What only counts or takes time is not among them.
 */
const helpers: Readonly<Record<string, Readonly<Record<string, 'opens' | 'wraps'>>>> = {
  agents: { run: 'opens', startRun: 'opens', wrapTool: 'wraps', wrapTools: 'wraps' },
  correlation: { runJob: 'opens' },
};

/** Whether a file may use any: asked of every file, most of which do not name what has them. */
export function mayUseAgentHelpers(identifiers: ReadonlyMap<string, string>, text: string): boolean {
  return Object.entries(helpers).some(
    ([holder, members]) =>
      identifiers.has(holder) &&
      Object.keys(members).some((member) => identifiers.has(member) && text.includes(`${holder}.${member}`)),
  );
}

/** What a call of a helper does; undefined for a call of anything else, also of a package that has the same names. */
export function agentHelper(
  { expression, arguments: given }: ts.CallExpression,
  names: readonly string[],
): 'opens' | 'wraps' | undefined {
  const [holder = '', member = ''] = names.slice(-2);
  if (!Object.hasOwn(helpers, holder)) return undefined;
  const members = helpers[holder];
  const does = members !== undefined && Object.hasOwn(members, member) ? members[member] : undefined;
  if (does === undefined || (member === 'run' && !takesWork(given))) return undefined;
  let root = expression;
  while (ts.isPropertyAccessExpression(root)) root = root.expression;
  return ts.isIdentifier(root) && originOfName(root) === 'outside' && !isOfPackage(root) ? does : undefined;
}

/** `agents.run(attributes, work)`: no other `run` of agents is given a function behind what describes it. */
function takesWork([, work]: readonly ts.Expression[]): boolean {
  return work !== undefined && !ts.isLiteralExpression(work) && !ts.isObjectLiteralExpression(work);
}

/** Whether a name is imported from a package: generated code is a part of the program. */
function isOfPackage(name: ts.Identifier): boolean {
  for (const statement of name.getSourceFile().statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    if (imports(statement.importClause, name.text)) return isPackage(statement.moduleSpecifier.text);
  }
  return false;
}

function imports(clause: ts.ImportClause | undefined, name: string): boolean {
  const bindings = clause?.namedBindings;
  if (clause?.name?.text === name) return true;
  if (bindings === undefined) return false;
  return ts.isNamespaceImport(bindings)
    ? bindings.name.text === name
    : bindings.elements.some((each) => each.name.text === name);
}

/** Not `./generated/agents.js`, `#generated/agents.js`, `@/generated`, `~/agents`, `src/generated`. */
function isPackage(specifier: string): boolean {
  return !/^(?:[.#~]|@\/)|(?:^|\/)generated(?:\/|$)/.test(specifier);
}
