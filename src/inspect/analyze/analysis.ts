import {
  activities,
  gaps,
  type Activity,
  type FileFacts,
  type FunctionFacts,
  type Gap,
  type Operation,
} from './facts.js';
import { isObserved, missingOf } from './missing.js';
import { groupsOf, counts } from './packages.js';
import { activitiesOf, scoreOf } from './score.js';
import type { ScoredFile, ScoredFunction } from './scored.js';
import { treeNames, type TreeFunction, type TreeNames } from './tree-names.js';

/** Shares from 0 to 100, with one digit; 100 where there is nothing to observe. */
export interface Coverage {
  readonly scored: number;
  readonly observed: number;
  /** Functions observed, of those that are scored. */
  readonly share: number;
  /** The same by their points: what matters more counts for more. */
  readonly weighted: number;
}

/** What came out for a tree. It survives JSON. */
export interface Analysis {
  /** Functions from this score on count. */
  readonly minimum: number;
  readonly files: readonly ScoredFile[];
  /** All functions of at least the minimum, the highest first. */
  readonly functions: readonly ScoredFunction[];
  readonly coverage: Coverage;
  readonly totals: {
    readonly files: number;
    readonly functions: number;
    /** Calls of each kind, in all functions and modules. */
    readonly activities: Readonly<Record<Activity, number>>;
    /** Functions, among those that are scored, that lack each. */
    readonly missing: Readonly<Record<Gap, number>>;
  };
}

/** Scores what was read of a tree. */
export function analysisOf(files: readonly FileFacts[], minimum: number): Analysis {
  const names = treeNames(files);
  // Neither changes which functions there are and which of them call which.
  for (const each of names.functions) each.facts = withoutGuesses(withClients(each.facts, names), names);
  const isDispatched = dispatches(names.functions);
  const all = names.functions.map((each) => scored(each, isDispatched));
  const functions = all.filter(({ score }) => score >= minimum).sort(byScore);
  const byPath = new Map<string, ScoredFunction[]>();
  for (const each of all) {
    const own = byPath.get(each.path);
    if (own === undefined) byPath.set(each.path, [each]);
    else own.push(each);
  }
  return {
    minimum,
    files: files
      .map((file) => fileOf(file, byPath.get(file.path) ?? [], minimum, names))
      .sort((a, b) => b.score - a.score || order(a.path, b.path)),
    functions,
    coverage: coverageOf(functions),
    totals: {
      files: files.length,
      functions: all.length,
      activities: countsOf([
        ...names.functions.flatMap(({ facts }) => facts.operations),
        ...files.flatMap(({ module }) => module),
      ]),
      missing: missingTotals(functions),
    },
  };
}

/** What a guess by the shape took for a queue, a tool or a database, and is a method of the tree: that one is looked into instead. */
function withoutGuesses(facts: FunctionFacts, names: TreeNames): FunctionFacts {
  const isOurs = ({ callee, line }: Operation): boolean =>
    facts.uses.some(
      (use) =>
        use.on !== 'name' &&
        use.line === line &&
        use.callee === callee &&
        names.find(facts, use) !== undefined,
    );
  const isWrong = (operation: Operation): boolean =>
    operation.module === undefined && guessed.has(operation.activity) && isOurs(operation);
  if (!facts.operations.some(isWrong)) return facts;
  return { ...facts, operations: facts.operations.filter((each) => !isWrong(each)) };
}

const guessed: ReadonlySet<Activity> = new Set(['queue', 'tool', 'database']);

/** Calls on a client that another file of the tree makes: `db.query` of `import { db } from './db.js'`. */
function withClients(facts: FunctionFacts, names: TreeNames): FunctionFacts {
  const found: Operation[] = [];
  const telemetry = { ...facts.telemetry };
  for (const use of facts.uses) {
    const module = use.on === 'object' ? names.clientOf(facts.path, use) : undefined;
    if (module === undefined || use.callee.includes('()')) continue;
    const last = use.callee.slice(use.callee.lastIndexOf('.') + 1);
    const group = groupsOf(module).find((each) => counts(each, last));
    if (group === undefined) continue;
    const { does } = group;
    if (does === 'metrics' || does === 'logging' || does === 'errors' || does === 'correlation')
      telemetry[does] = [...new Set([...telemetry[does], use.callee])];
    else if (!facts.operations.some(({ line, callee }) => line === use.line && callee === use.callee))
      found.push({ activity: does, callee: use.callee, line: use.line, module, isTraced: false });
  }
  return { ...facts, telemetry, operations: [...facts.operations, ...found] };
}

function scored(each: TreeFunction, isDispatched: boolean): ScoredFunction {
  const { facts } = each;
  const { path, line, kind, name, className, isMember, tool, isExported, isAsync, telemetry } = facts;
  const { score, reasons } = scoreOf(each);
  const isCovered =
    coveredByCallers(each) || (isDispatched && facts.tool !== undefined && facts.toolBy === undefined);
  return {
    path,
    line,
    kind,
    name,
    className,
    isMember,
    tool,
    isExported,
    isAsync,
    score,
    reasons,
    does: Object.fromEntries(
      [...activitiesOf(facts)].map(([activity, { length }]) => [activity, Math.max(1, length)]),
    ),
    calls: facts.operations.map(({ activity, callee, module, isTraced }) => ({
      activity,
      callee,
      module,
      isTraced,
    })),
    has: telemetry,
    observed: isObserved(facts) ? 'itself' : isCovered ? 'callers' : undefined,
    missing: missingOf(each, isCovered),
  };
}

/**
 * A step of something that is observed as a whole: only functions of the same file that are observed call it, and it makes one call outside
 * of the process at most, which then is what their span is about.
 */
function coveredByCallers({ facts, callers }: TreeFunction): boolean {
  if (facts.isExported || callers.size === 0) return false;
  const outside = facts.operations.filter(({ activity }) => activity !== 'file').length;
  if (outside > 1 || facts.tool !== undefined) return false;
  return [...callers].every((caller) => caller.facts.path === facts.path && isObserved(caller.facts));
}

/** Whether the tree runs its tools itself, `tool.execute(args)`, and each place that does so is observed: then all of its tools are. */
function dispatches(functions: readonly TreeFunction[]): boolean {
  const places = functions.filter(({ facts }) =>
    facts.operations.some(
      ({ activity, callee, module }) => activity === 'tool' && module === undefined && callee.includes('.'),
    ),
  );
  return places.length > 0 && places.every((each) => isObserved(each.facts) || coveredByCallers(each));
}

function fileOf(
  file: FileFacts,
  own: readonly ScoredFunction[],
  minimum: number,
  names: TreeNames,
): ScoredFile {
  const above = own.filter(({ score }) => score >= minimum);
  return {
    path: file.path,
    lines: file.lines,
    score: Math.round(above.reduce((sum, { score }) => sum + score, 0) * 10) / 10,
    functions: own.length,
    scored: above.length,
    observed: above.filter(({ observed }) => observed !== undefined).length,
    importers: names.importers.get(file.path) ?? 0,
    module: Object.fromEntries(Object.entries(countsOf(file.module)).filter(([, count]) => count > 0)),
  };
}

function coverageOf(functions: readonly ScoredFunction[]): Coverage {
  const observed = functions.filter((each) => each.observed !== undefined);
  const points = (list: readonly ScoredFunction[]): number => list.reduce((sum, { score }) => sum + score, 0);
  return {
    scored: functions.length,
    observed: observed.length,
    share: share(observed.length, functions.length),
    weighted: share(points(observed), points(functions)),
  };
}

/** Rounded down: a floor of 80 is not met by 79.96. */
function share(part: number, whole: number): number {
  return whole === 0 ? 100 : Math.floor((part / whole) * 1000 + 1e-9) / 10;
}

function countsOf(operations: readonly Operation[]): Record<Activity, number> {
  const counted = Object.fromEntries(activities.map((each) => [each, 0])) as Record<Activity, number>;
  for (const { activity } of operations) counted[activity] += 1;
  return counted;
}

function missingTotals(functions: readonly ScoredFunction[]): Record<Gap, number> {
  return Object.fromEntries(
    gaps.map((gap) => [
      gap,
      functions.filter(({ missing }) => missing.some((each) => each.gap === gap)).length,
    ]),
  ) as Record<Gap, number>;
}

function byScore(a: ScoredFunction, b: ScoredFunction): number {
  return b.score - a.score || order(a.path, b.path) || a.line - b.line;
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
