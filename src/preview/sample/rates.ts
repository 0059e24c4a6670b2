import type { Metric, Model, Slo } from '../../model/model.js';
import { queriesOfSli } from '../../model/resolve/readers.js';
import { seriesNamed } from '../../model/series.js';
import { selectors } from '../../promql/walk.js';
import { budgetOf } from '../../slo/windows.js';
import { printDecimal } from '../../slo/decimal.js';
import type { Share } from './outcomes.js';

/** What never happens unless something is badly wrong: its counters stand still. */
const never =
  /unpriced|nonfinite|detections|evicted|xid|uncorrected|collector_failures|throttle|members_ended/;
/** What happens now and then, and more often in bad times. */
const rare =
  /error|fail|violation|denied|refused|retr(?:y|ies)|fallback|drop|overflow|lost|abort|repeated|limit_?hit|compaction|rate_?limited|matches|subagent|epochs|eviction/;

/** How often a thing happens in one instance, a second, by words of a metric's name; the first that fits. */
const usual: readonly (readonly [words: RegExp, perSecond: number])[] = [
  [/http_server|requests?_total$|_request_duration/, 4],
  [/http_client/, 1.5],
  [/cpu_user/, 0.16],
  [/cpu_system/, 0.04],
  [/cpu/, 0.2],
  [/joules/, 240],
  [/pcie/, 4e8],
  [/drift|_ratio$/, 1],
  [/usd|eur|gbp|chf|jpy|cost/, 0.004],
  [/saved_tokens/, 300],
  [/tokens?_total|tokens_input|tokens_output/, 1800],
  [/bytes_total$/, 2e5],
  [/training_examples/, 64],
  [/training_steps|step_duration/, 2],
  [/training_data_wait/, 0.05],
  [/checkpoint/, 0.002],
  [/gc_duration/, 0.7],
  [/cache/, 3],
  [/polic/, 2.5],
  [/approval/, 0.2],
  [/redaction/, 0.4],
  [/sandbox/, 0.4],
  [/queue/, 0.5],
  [/collector/, 0.06],
  [/model|llm|gen_ai_client|chat|selection|latency/, 1.2],
  [/tool|mcp|search|fetch/, 0.9],
  [/run|workflow|agent|session/, 0.35],
];

/** How often something happens that is none of these. */
const otherwise = 0.5;

/** The part of events that fail where nothing is promised, while all is well and at the worst. */
const unpromised: Share = { well: 0.006, ill: 0.07 };

/** What only happens in bad times: nobody is turned away while there is room. */
const onlyIll = /refused|rate_?limited|_full_/;

/** How much of a metric that counts trouble there is in good times and at the worst; undefined for other metrics. */
export function troubleOf(name: string): Share | undefined {
  if (onlyIll.test(name)) return { well: 0, ill: 14 };
  return rare.test(name) ? { well: 1, ill: 14 } : undefined;
}

/** Growth of a counter, or observations of a histogram, a second and instance, over all rows together. */
export function rateOf(metric: Pick<Metric, 'name'>, model: Model): number {
  for (const { metric: counted, perSecond } of Object.values(model.sections.traffic ?? {})) {
    if (counted === metric.name) return perSecond / 2;
  }
  if (never.test(metric.name)) return 0;
  if (rare.test(metric.name)) return 0.006;
  return usual.find(([words]) => words.test(metric.name))?.[1] ?? otherwise;
}

function metricsOf(model: Model, { sli }: Slo): readonly string[] {
  if (sli.form === 'latency') return [sli.histogram.name];
  return queriesOfSli(sli).flatMap(({ expr }) =>
    expr === undefined
      ? []
      : selectors(expr).map(({ metric }) => seriesNamed(model, metric ?? '')?.metric.name ?? ''),
  );
}

/** The strictest objective that reads each metric, as what may be bad of it. */
export function budgets(model: Model): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const slo of model.slos.values()) {
    const budget = Number(printDecimal(budgetOf(slo.objective)));
    for (const name of metricsOf(model, slo)) found.set(name, Math.min(budget, found.get(name) ?? 1));
  }
  return found;
}

/** How much fails: of what is promised, a quarter of the budget in good times, and enough in bad ones to be told. */
export function failingOf(budget: number | undefined): Share {
  return budget === undefined ? unpromised : { well: 0.25 * budget, ill: Math.min(0.4, 45 * budget) };
}
