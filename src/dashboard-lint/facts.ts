import { analysisOf, type AnalysisSource } from '../model/analysis.js';
import type { ExternalMetric } from '../model/model.js';
import type { Origin } from '../model/origin.js';
import { unitOf } from '../model/units.js';
import type { Expr } from '../promql/ast.js';
import type { LabelSet } from '../promql/analysis/labels.js';
import { isPlaceholder } from './placeholders.js';
import type { LintContext } from './context.js';
import { nameOf, placedSelectors } from './selectors.js';

/** Nothing of a metric that is known by its name alone stands in a spec. */
const nowhere = {} as Origin;

function metricNamed(name: string): ExternalMetric | undefined {
  const base = name.replace(/_(?:bucket|sum|count)$/, '');
  if (name.endsWith('_bucket')) return metric(base, 'histogram');
  if (name.endsWith('_total')) return metric(name, 'counter');
  return unitOf(name) === undefined || base !== name ? undefined : metric(name, 'gauge');
}

function metric(name: string, type: ExternalMetric['type']): ExternalMetric {
  return { name, type, labels: undefined, range: undefined, native: false, origin: nowhere };
}

/** What the names of an expression's series say by themselves. */
function namesAlone(expr: Expr): AnalysisSource {
  const external = new Map<string, ExternalMetric>();
  for (const { selector } of placedSelectors(expr)) {
    const name = nameOf(selector);
    const found = name === undefined || isPlaceholder(name) ? undefined : metricNamed(name);
    if (found !== undefined) external.set(found.name, found);
  }
  return { metrics: new Map(), external };
}

const known = new WeakMap<Expr, AnalysisSource>();

/** Unit and labels of what an expression yields: of the spec's metrics, or of what the names say where there is no spec. */
export function factsOf(
  expr: Expr,
  { model }: LintContext,
): { readonly unit: string | undefined; readonly labels: LabelSet | undefined } {
  const source = model ?? known.get(expr) ?? namesAlone(expr);
  if (model === undefined) known.set(expr, source);
  const { unit, labels } = analysisOf(source, expr, 'panel').value;
  return { unit, labels };
}
