import type { Activity, FunctionFacts, Operation } from './facts.js';
import { activitiesOf, activityWords, reachOf } from './score.js';
import type { Missing } from './scored.js';
import type { TreeFunction } from './tree-names.js';

/** What an operation of each kind should count and time. */
const metricWords: Readonly<Record<Exclude<Activity, 'file'>, string>> = {
  model: 'no metric of calls, duration and tokens',
  tool: 'no metric of calls, duration and failures',
  queue: 'no metric of depth, waiting and failures',
  network: 'no metric of calls, duration and failures',
  database: 'no metric of queries, duration and failures',
  process: 'no metric of runs and how they end',
};

/** Whether a span or a metric stands in the function, or around each of its calls. */
export function isObserved({ telemetry, operations }: FunctionFacts): boolean {
  const outside = operations.filter(({ activity }) => activity !== 'file');
  return (
    telemetry.tracing.length > 0 ||
    telemetry.metrics.length > 0 ||
    (outside.length > 0 && outside.every(({ isTraced }) => isTraced))
  );
}

/** The telemetry that a function lacks, by kind, with the line that shows it. */
export function missingOf(each: TreeFunction, isCovered: boolean): readonly Missing[] {
  const { facts } = each;
  return [
    ...missingTracing(each, isCovered),
    ...(isCovered ? [] : missingMetrics(facts)),
    ...missingLogging(facts),
    ...missingMonitoring(facts),
  ];
}

function outsideOf(facts: FunctionFacts): readonly [Activity, readonly Operation[]][] {
  return [...activitiesOf(facts)].filter(([activity]) => activity !== 'file');
}

function missingTracing(each: TreeFunction, isCovered: boolean): readonly Missing[] {
  const { facts } = each;
  if (facts.telemetry.tracing.length > 0) return [];
  const open = outsideOf(facts).flatMap(([activity, operations]) => {
    const bare = operations.find(({ isTraced }) => !isTraced);
    if (isCovered || (bare === undefined && operations.length > 0)) return [];
    return [
      {
        gap: 'tracing' as const,
        what: `no span: it ${verb(activity, facts)}`,
        line: bare?.line ?? facts.line,
      },
    ];
  });
  const [first] = open;
  if (first !== undefined) return [first];
  const reach = reachOf(each, (callee) => isObserved(callee.facts));
  const [reached] = reach.keys();
  if (isCovered || reached === undefined || reach.size < 2) return [];
  return [
    {
      gap: 'tracing',
      what: `no span around what it leads to: it ${activityWords[reached]} through others`,
      line: facts.line,
    },
  ];
}

function missingMetrics(facts: FunctionFacts): readonly Missing[] {
  if (facts.telemetry.metrics.length > 0) return [];
  const [first] = outsideOf(facts);
  if (first === undefined) return [];
  const [activity, operations] = first;
  if (activity === 'file') return [];
  return [{ gap: 'metrics', what: metricWords[activity], line: operations[0]?.line ?? facts.line }];
}

function missingLogging({ handling, telemetry, operations, line }: FunctionFacts): readonly Missing[] {
  const lost = handling.swallowed.map((at) => ({
    gap: 'logging' as const,
    what: 'an error vanishes here without a log line',
    line: at,
  }));
  if (lost.length > 0) return lost;
  const said = telemetry.logging.length + telemetry.tracing.length + telemetry.errors.length;
  const started = operations.find(({ activity }) => activity === 'process');
  return started === undefined || said > 0
    ? []
    : [{ gap: 'logging', what: 'a process is started and no log line says so', line: started.line || line }];
}

/** What goes on unwatched: loops that wait, timers, workers of queues; a metric or a report of errors would show that it stands still. */
function missingMonitoring({
  telemetry,
  unattended,
  awaitLoops,
  operations,
}: FunctionFacts): readonly Missing[] {
  const seen = telemetry.metrics.length + telemetry.errors.length + telemetry.tracing.length;
  if (seen > 0) return [];
  const [alone] = unattended;
  if (alone !== undefined)
    return [
      { gap: 'monitoring', what: 'it goes on by itself, and nothing shows when it stops', line: alone },
    ];
  const [loop] = awaitLoops;
  const isOutside = operations.some(({ activity }) => activity !== 'file');
  return loop === undefined || !isOutside
    ? []
    : [{ gap: 'monitoring', what: 'it waits in a loop, and nothing shows how often', line: loop }];
}

function verb(activity: Activity, { tool }: FunctionFacts): string {
  return activity === 'tool' && tool !== undefined ? 'is what a tool executes' : activityWords[activity];
}
