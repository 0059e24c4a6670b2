import { ts } from 'ts-morph';
import type { FunctionCandidate } from '../../instrument/candidate.js';
import { candidatesOf } from '../../instrument/find/candidates.js';
import { calleeText, outermost } from '../../instrument/find/names.js';
import type { ParsedFile } from '../../instrument/find/parsed-file.js';
import { existingSpan } from '../../instrument/shapes/existing-span.js';
import type { FileFacts, FunctionFacts, Signal } from './facts.js';
import { handlingOf } from './handling.js';
import { assignedTo, isRelative, namesInFile, type NamesInFile } from './names-in-file.js';
import { observedBy, readCall, type CallPlace, type Helpers } from './read-call.js';
import { isUnattended } from './shapes.js';
import { isHelper, outerHelpers } from './telemetry-of.js';
import { Scope } from './scope.js';
import { Unit } from './unit.js';

const kinds = ts.SyntaxKind;

/** What is known of generated code, and of the spans in the spec. */
export interface ReadOptions extends Helpers {
  /** Whether a specifier leads from a file into the output of obs-gen. */
  isGenerated(path: string, specifier: string): boolean;
}

/** What a walk has to remember between nodes. */
interface Walk {
  readonly file: ParsedFile;
  readonly names: NamesInFile;
  readonly candidates: ReadonlyMap<ts.Node, FunctionCandidate>;
  readonly units: Map<ts.Node, Unit>;
  readonly calls: CallPlace[];
  /** Those that the codemod put around functions from outside. */
  outer: readonly CallPlace[];
  readonly lineOf: (at: number) => number;
  unit: Unit;
  /** Lines of the loops around, within the function. */
  loops: readonly number[];
}

/** Reads what the functions of a file do and which telemetry they have: one walk beside the one that finds the functions. */
export function readFile(file: ParsedFile, options: ReadOptions): FileFacts {
  const { source } = file;
  const found = candidatesOf(file, false).filter((each): each is FunctionCandidate => each.kind !== 'call');
  const lineOf = (at: number): number => source.getLineAndCharacterOfPosition(at).line + 1;
  const isGenerated = (specifier: string): boolean => options.isGenerated(file.path, specifier);
  const names = namesInFile(source, ({ imported, module: from }) => isHelper(imported) && isGenerated(from));
  const module = new Unit(undefined, names.scope);
  const walk: Walk = {
    file,
    names,
    candidates: new Map(found.map((each) => [each.node, each])),
    units: new Map(),
    calls: [],
    outer: [],
    lineOf,
    unit: module,
    loops: [],
  };
  ts.forEachChild(source, (node) => {
    visit(node, walk);
  });
  const own: ReadonlySet<string> = new Set(
    found.flatMap(({ name, classNode }) =>
      name === undefined ? [] : [classNode === undefined ? name : `this.${name}`],
    ),
  );
  for (const each of walk.calls) readCall(each, own, isGenerated, options);
  // Few files have any: looked for once, not for each function.
  walk.outer = walk.calls.filter(({ text, unit }) => {
    const origin = unit.scope.get(text);
    return origin !== undefined && outerHelpers.has(origin.imported) && isGenerated(origin.module);
  });
  for (const each of found) noteSpan(each, walk.units.get(each.node) ?? module, walk, options);
  const functions = [...new Set(walk.units.values())]
    .filter(({ candidate }) => candidate !== undefined)
    .map((unit) => factsOf(unit, file, lineOf));
  return {
    path: file.path,
    lines: lineOf(file.text.length),
    functions,
    module: module.operations,
    clients: clientsOf(names),
    forwarded: walk.names.forwarded,
    defaultName: defaultNameOf(source),
    imports: [...new Set(walk.names.imports)],
  };
}

/** A function that nothing names is a part of the one around it; what a tool executes stands on its own. */
function isUnit({ name, tool }: FunctionCandidate): boolean {
  return name !== undefined || tool !== undefined;
}

function visit(node: ts.Node, walk: Walk): void {
  const candidate = walk.candidates.get(node);
  if (candidate !== undefined) {
    visitFunction(node, candidate, walk);
    return;
  }
  switch (node.kind) {
    case kinds.CallExpression:
    case kinds.NewExpression:
      noteCall(node as ts.CallExpression | ts.NewExpression, walk);
      break;
    case kinds.VariableDeclaration:
    case kinds.PropertyDeclaration:
    case kinds.Parameter:
      walk.names.declare(node as ts.VariableDeclaration, walk.unit.scope);
      break;
    case kinds.BinaryExpression:
      visitBinary(node as ts.BinaryExpression, walk);
      return;
    case kinds.CatchClause:
      noteCatch(node as ts.CatchClause, walk);
      break;
    case kinds.AwaitExpression:
      noteWait(walk);
      break;
    case kinds.IfStatement:
    case kinds.ConditionalExpression:
    case kinds.CaseClause:
      walk.unit.branches += 1;
      break;
    case kinds.ForOfStatement:
    case kinds.ForInStatement: {
      const { initializer, expression, statement } = node as ts.ForOfStatement;
      visit(initializer, walk);
      // What is looped over is worked out once.
      visit(expression, walk);
      visitLoop(node, [statement], walk);
      return;
    }
    case kinds.ForStatement:
    case kinds.WhileStatement:
    case kinds.DoStatement:
      visitLoop(node, [node], walk);
      return;
    case kinds.InterfaceDeclaration:
    case kinds.TypeAliasDeclaration:
    case kinds.ImportDeclaration:
      return;
    default:
      break;
  }
  children(node, walk);
}

function children(node: ts.Node, walk: Walk): void {
  ts.forEachChild(node, (each) => {
    visit(each, walk);
  });
}

/** The name that `traceFunction(spans.x, 'ask', async () => …)` keeps for what it is given. */
function tracedName(node: ts.Node): string | undefined {
  const { parent } = outermost(node);
  if (!ts.isCallExpression(parent) || !ts.isIdentifier(parent.expression) || parent.arguments.at(-1) !== node)
    return undefined;
  if (parent.expression.text !== 'traceFunction') return undefined;
  return parent.arguments.find((each) => ts.isStringLiteralLike(each))?.text;
}

function visitFunction(node: ts.Node, candidate: FunctionCandidate, walk: Walk): void {
  const { unit, loops } = walk;
  const named = isUnit(candidate) ? candidate : { ...candidate, name: tracedName(node) };
  if (isUnit(named)) walk.unit = new Unit(named, new Scope(unit.scope));
  walk.units.set(node, walk.unit);
  walk.loops = [];
  children(node, walk);
  walk.unit = unit;
  walk.loops = loops;
}

/** A loop; reading a stream by `for await` alone is no wait of its own for each turn. */
function visitLoop(node: ts.Node, parts: readonly ts.Node[], walk: Walk): void {
  const { loops } = walk;
  walk.unit.branches += 1;
  walk.loops = [...loops, walk.lineOf(node.getStart())];
  for (const each of parts) {
    if (each === node) children(each, walk);
    else visit(each, walk);
  }
  walk.loops = loops;
}

/** A long `a + b + …` nests to the left: that side is gone down in a loop. */
function visitBinary(node: ts.BinaryExpression, walk: Walk): void {
  let at: ts.Expression = node;
  while (ts.isBinaryExpression(at)) {
    const { left, right, operatorToken } = at;
    if (operatorToken.kind === kinds.EqualsToken) walk.names.assign(assignedTo(left), right, walk.unit.scope);
    else if (operatorToken.kind !== kinds.PlusToken) noteBranch(operatorToken.kind, walk);
    visit(right, walk);
    at = left;
  }
  visit(at, walk);
}

function noteBranch(kind: ts.SyntaxKind, walk: Walk): void {
  const isBranch =
    kind === kinds.AmpersandAmpersandToken ||
    kind === kinds.BarBarToken ||
    kind === kinds.QuestionQuestionToken;
  if (isBranch) walk.unit.branches += 1;
}

function noteWait(walk: Walk): void {
  const loop = walk.loops.at(-1);
  if (loop !== undefined) noteLoop(loop, walk);
}

function noteLoop(line: number, { unit }: Walk): void {
  if (!unit.awaitLoops.includes(line)) unit.awaitLoops.push(line);
}

function noteCatch(clause: ts.CatchClause, { unit, lineOf }: Walk): void {
  const line = lineOf(clause.getStart());
  unit.catches.push(line);
  const name = clause.variableDeclaration?.name;
  const tried = clause.parent.tryBlock;
  // What fails at once and has another value to go on with is no loss: `try { JSON.parse(x) } catch { return x }`.
  const isFallback = clause.block.statements.length > 0 && !waits(tried);
  const isSwallowed =
    !isFallback &&
    handlingOf(clause.block, name !== undefined && ts.isIdentifier(name) ? name.text : undefined);
  if (isSwallowed) unit.swallowed.push(line);
}

function waits(node: ts.Node): boolean {
  return ts.isAwaitExpression(node) || (ts.forEachChild(node, waits) ?? false);
}

function noteCall(node: ts.CallExpression | ts.NewExpression, walk: Walk): void {
  const { file, unit, lineOf } = walk;
  const text = calleeText(node.expression, file.source);
  const line = lineOf(node.getStart());
  if (text === undefined) {
    // `traceMember(spans.x, …)(…)` and `(await client()).ask()`: what is called inside is visited on its own.
    return;
  }
  const isNew = node.kind === kinds.NewExpression;
  const callee = isNew ? `new ${text}` : text;
  if (isUnattended(callee)) unit.unattended.push(line);
  if (!isNew && text.endsWith('.catch')) noteRejection(node, line, unit);
  walk.calls.push({ text, isNew, node, line, unit });
}

/** `.catch(() => undefined)` hides an error as an empty block does. */
function noteRejection({ arguments: [handler] }: ts.CallExpression, line: number, unit: Unit): void {
  unit.catches.push(line);
  if (handler === undefined || !(ts.isArrowFunction(handler) || ts.isFunctionExpression(handler))) return;
  const name = handler.parameters[0]?.name;
  if (handlingOf(handler.body, name !== undefined && ts.isIdentifier(name) ? name.text : undefined))
    unit.swallowed.push(line);
}

/** Spans that are there already: in the function, around it, and those that the codemod put around it from outside. */
function noteSpan(candidate: FunctionCandidate, unit: Unit, walk: Walk, helpers: Helpers): void {
  const span = existingSpan(candidate);
  if (span !== undefined) unit.note('tracing', span.replaceAll('`', ''));
  const around = tracedFrom(candidate, walk, helpers);
  if (around !== undefined) for (const signal of around.signals) unit.note(signal, around.by);
}

/** `traceFunction(spans.x, 'f', f)` behind a declaration, and `traceMethod(spans.x, this.prototype, 'run')` in a class. */
function tracedFrom(
  { kind, name, node, classNode }: FunctionCandidate,
  { outer }: Walk,
  helpers: Helpers,
): { readonly by: string; readonly signals: readonly Signal[] } | undefined {
  for (const call of outer) {
    const given = (call.node as ts.CallExpression).arguments;
    const last = given.at(-1);
    const isMeant =
      classNode === undefined
        ? last !== undefined &&
          (last === outermost(node) ||
            last === node ||
            (kind === 'function' && ts.isIdentifier(last) && last.text === name))
        : isMember(call.node, classNode) &&
          given.some((each) => ts.isStringLiteralLike(each) && each.text === name);
    if (isMeant) return { by: call.text, signals: observedBy(given[0], helpers) };
  }
  return undefined;
}

function isMember(node: ts.Node, classNode: ts.Node): boolean {
  for (let each = node.parent; !ts.isSourceFile(each); each = each.parent)
    if (each === classNode) return true;
  return false;
}

function factsOf(unit: Unit, { path, source }: ParsedFile, lineOf: (at: number) => number): FunctionFacts {
  const candidate = unit.candidate as FunctionCandidate;
  const { kind, name, className, classNode, tool, isExported, isAsync, node } = candidate;
  const line = lineOf(node.getStart(source));
  noteInnerQueue(unit, line);
  const holder = outermost(node).parent;
  const isMember =
    kind === 'object method' ||
    ts.isObjectLiteralExpression(node.parent) ||
    (kind === 'expression' && ts.isPropertyAssignment(holder));
  return {
    path,
    line,
    kind,
    name: name ?? tool?.name ?? 'tool',
    className: classNode === undefined ? undefined : className,
    isMember,
    tool: tool === undefined ? undefined : (tool.name ?? ''),
    toolBy: isOwnTool(tool?.callee, unit) ? undefined : tool?.callee,
    isExported: isExported && name?.startsWith('#') !== true,
    isAsync,
    lines: lineOf(node.end) - line + 1,
    branches: unit.branches,
    operations: unit.operations,
    handling: { catches: unit.catches, swallowed: unit.swallowed },
    awaitLoops: unit.awaitLoops,
    unattended: unit.unattended,
    telemetry: unit.telemetry,
    uses: unit.uses,
  };
}

/** `askAgentTool(…)` of a file of the tree makes a tool that the tree runs itself. */
function isOwnTool(callee: string | undefined, { scope }: Unit): boolean {
  const origin = callee === undefined ? undefined : scope.get(callee.split('.')[0] ?? '');
  return origin !== undefined && isRelative(origin.module);
}

/** A queue within the process: a class that is called one, by the methods that take work in and give it out. */
function noteInnerQueue({ candidate, operations }: Unit, line: number): void {
  const { className = '', classNode, name = '' } = candidate ?? {};
  if (classNode === undefined || !className.endsWith('Queue')) return;
  if (/^#?(?:push|enqueue|add|dequeue|process|work|publish)$/.test(name))
    operations.push({
      activity: 'queue',
      callee: `${className}.${name}`,
      line,
      module: undefined,
      isTraced: false,
    });
}

/** Clients under the names that other files may import; which are exported is theirs to know. */
function clientsOf({ scope }: NamesInFile): Readonly<Record<string, string>> {
  const clients: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [name, origin] of scope.own) {
    if (origin === undefined) continue;
    const { module, imported } = origin;
    if (imported === '*' && !name.startsWith('this.') && !isRelative(module) && !isHelper(name))
      clients[name] = module;
  }
  return clients;
}

function defaultNameOf(source: ts.SourceFile): string | undefined {
  for (const statement of source.statements) {
    if (ts.isExportAssignment(statement)) {
      return ts.isIdentifier(statement.expression) ? statement.expression.text : 'default';
    }
    if (
      ts.isFunctionDeclaration(statement) &&
      statement.modifiers?.some(({ kind }) => kind === kinds.DefaultKeyword) === true
    )
      return statement.name?.text ?? 'default';
  }
  return undefined;
}
