import { activities, type Activity, type FunctionFacts, type Operation } from './facts.js';
import type { Reason } from './scored.js';
import type { TreeFunction } from './tree-names.js';
import { activityWeights, otherWeights, reachWeights, repetition, structure } from './weights.js';

/** What the activities are called, for one and for more. */
export const activityWords: Readonly<Record<Activity, string>> = {
  model: 'asks a model',
  tool: 'runs a tool',
  queue: 'uses a queue',
  network: 'calls another service',
  database: 'asks a database',
  process: 'starts a process',
  file: 'uses files',
};

/** Files are everywhere; following them through other functions says nothing. */
const followed: ReadonlySet<Activity> = new Set(activities.filter((each) => each !== 'file'));
const furthest = 3;

/** What a function does, by kind, in the order of weight. What a tool executes is the tool's run. */
export function activitiesOf({
  operations,
  tool,
}: Pick<FunctionFacts, 'operations' | 'tool'>): ReadonlyMap<Activity, readonly Operation[]> {
  const found = new Map<Activity, Operation[]>();
  for (const activity of activities) {
    const own = operations.filter((each) => each.activity === activity);
    if (own.length > 0 || (activity === 'tool' && tool !== undefined)) found.set(activity, own);
  }
  return found;
}

/** The score of a function, with what gave how much of it. */
export function scoreOf(each: TreeFunction): { readonly score: number; readonly reasons: readonly Reason[] } {
  const { facts } = each;
  const does = [...direct(facts), ...reached(each), ...troubles(facts)];
  const sum = total(does);
  const limit = Math.max(structure.least, sum * structure.share);
  const around = importance(each);
  const wanted = total(around);
  const share = wanted > limit ? limit / wanted : 1;
  const reasons = [
    ...does,
    ...around.map(({ what, points }) => ({ what, points: rounded(points * share) })),
  ].filter(({ points }) => points > 0);
  return { score: rounded(total(reasons)), reasons };
}

function direct(facts: FunctionFacts): readonly Reason[] {
  return [...activitiesOf(facts)].map(([activity, operations]) => {
    const { points } = activityWeights[activity];
    const isTool = activity === 'tool' && facts.tool !== undefined;
    const times = operations.length + (isTool ? 1 : 0);
    const callees = [...new Set(operations.map(({ callee }) => callee))].slice(0, 3).join(', ');
    const what = isTool ? 'is what a tool executes' : `${activityWords[activity]}: ${callees}`;
    return {
      what: operations.length > 1 ? `${what} (${operations.length} calls)` : what,
      points: rounded(points * (1 + repetition * Math.log2(Math.max(1, times)))),
    };
  });
}

/** Kinds that it leads to by calls of other functions, and does not do itself. What is to be stopped at is not gone through. */
export function reachOf(
  each: TreeFunction,
  stopsAt: (callee: TreeFunction) => boolean = () => false,
): ReadonlyMap<Activity, { readonly by: string; readonly depth: number }> {
  const own = activitiesOf(each.facts);
  const found = new Map<Activity, { by: string; depth: number }>();
  const seen = new Set([each]);
  let edge: readonly { readonly at: TreeFunction; readonly by: string }[] = [...each.callees].map((at) => ({
    at,
    by: at.facts.name,
  }));
  for (let depth = 1; depth <= furthest; depth += 1) {
    const next: { at: TreeFunction; by: string }[] = [];
    for (const { at, by } of edge) {
      if (seen.has(at)) continue;
      seen.add(at);
      if (stopsAt(at)) continue;
      for (const activity of activitiesOf(at.facts).keys())
        if (followed.has(activity) && !own.has(activity) && !found.has(activity))
          found.set(activity, { by, depth });
      for (const callee of at.callees) next.push({ at: callee, by });
    }
    edge = next;
  }
  return found;
}

function reached(each: TreeFunction): readonly Reason[] {
  return [...reachOf(each)].map(([activity, { by, depth }]) => ({
    what: `${activityWords[activity]} through ${by}()`,
    points: (depth === 1 ? reachWeights.near : reachWeights.far).points,
  }));
}

function troubles({ handling, awaitLoops, unattended }: FunctionFacts): readonly Reason[] {
  const { swallowed, catches } = handling;
  const heard = catches.length - swallowed.length;
  return [
    ...(awaitLoops.length > 0
      ? [{ what: `waits in a loop (line ${awaitLoops.join(', ')})`, points: otherWeights.awaitLoop.points }]
      : []),
    ...(unattended.length > 0
      ? [
          {
            what: `goes on by itself (line ${unattended.join(', ')})`,
            points: otherWeights.unattended.points,
          },
        ]
      : []),
    ...(swallowed.length > 0
      ? [{ what: `lets errors vanish (line ${swallowed.join(', ')})`, points: otherWeights.swallowed.points }]
      : []),
    ...(heard > 0 ? [{ what: `handles errors (${heard})`, points: otherWeights.catch.points }] : []),
  ];
}

/** Names of functions and files that work comes in by. */
const entryNames = /^(?:main|handler|start|serve|run|GET|POST|PUT|PATCH|DELETE|handle\w*|on[A-Z]\w*)$/;

function importance({ facts, calls }: TreeFunction): readonly Reason[] {
  const { branches, lines, isExported, isAsync, name } = facts;
  const { branch, line, caller, exported, entry } = otherWeights;
  const isEntry = isExported && isAsync && (entryNames.test(name) || calls === 0);
  return [
    { what: `${branches} branches`, points: rounded(Math.min(branch.limit, branches * branch.points)) },
    { what: `${lines} lines`, points: rounded(Math.min(line.limit, lines * line.points)) },
    { what: `called in ${calls} places`, points: Math.min(caller.limit, calls * caller.points) },
    ...(isEntry
      ? [{ what: 'work enters here', points: entry.points }]
      : isExported
        ? [{ what: 'is exported', points: exported.points }]
        : []),
  ].map((each) => ({
    ...each,
    what: each.what
      .replace(/^called in 1 places$/, 'called in 1 place')
      .replace(/^1 (branche|line)s$/, (_all, word: string) => `1 ${word === 'branche' ? 'branch' : word}`),
  }));
}

function total(reasons: readonly Reason[]): number {
  return reasons.reduce((sum, { points }) => sum + points, 0);
}

function rounded(points: number): number {
  return Math.round(points * 10) / 10;
}
