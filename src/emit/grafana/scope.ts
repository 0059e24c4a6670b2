import type { Dashboard, Label, Metric, Model } from '../../model/model.js';
import { seriesNamed, type Series } from '../../model/series.js';
import type { Expr, Matcher, VectorSelector } from '../../promql/ast.js';
import { matcher } from '../../promql/build.js';
import { transform } from '../../promql/walk.js';

/** A variable of a dashboard that narrows queries by a label. */
export interface ScopeVariable {
  readonly name: string;
  /** The label on the wire. */
  readonly wire: string;
  /** Undefined for `job` and `instance`, which the scrape adds. */
  readonly label: Label | undefined;
}

const scraped: readonly ScopeVariable[] = [
  { name: 'job', wire: 'job', label: undefined },
  { name: 'instance', wire: 'instance', label: undefined },
];

/** Names that other variables of a dashboard have. */
const taken = new Set([
  'job',
  'instance',
  'datasource',
  'prometheus_datasource',
  'loki_datasource',
  'tempo_datasource',
  'jaeger_datasource',
]);

/** What the variable of a label is called: the label's key, unless another variable has that name. */
export function variableName(label: Label): string {
  const name = label.key.replace(/\W/g, '_');
  return taken.has(name) ? `${name}_label` : name;
}

/** The variables of a dashboard, in the order of the page: `job`, `instance`, then the spec's, called by the keys of their labels. */
export function scopeVariables(dashboard: Dashboard): readonly ScopeVariable[] {
  const own = dashboard.variables.map((label): ScopeVariable => ({
    name: variableName(label),
    wire: label.wire,
    label,
  }));
  return [...scraped, ...own];
}

/** A label's name without its preset: `agent.model` and `model` with one name on the wire speak of the same models. */
function bareKey(label: Label): string {
  return label.key.slice(label.key.indexOf('.') + 1);
}

/** Whether a metric has the label of a variable. Another label with the same name on the wire has other values. */
export function hasLabel(metric: Metric, label: Label): boolean {
  return metric.labels.some((each) => each.wire === label.wire && bareKey(each) === bareKey(label));
}

function carries(model: Model, { metric }: Series, { label, wire }: ScopeVariable): boolean {
  const own = model.metrics.get(metric.name);
  if (own !== undefined) return label === undefined || hasLabel(own, label);
  // Of others' metrics, only those whose labels are written down: the job of another exporter is not ours.
  const names = model.external.get(metric.name)?.labels;
  return names?.includes(wire) === true && (label !== undefined || names.includes('instance'));
}

function isNarrowed(selector: VectorSelector, variable: ScopeVariable): boolean {
  return selector.matchers.some(
    ({ label, value }) =>
      label === variable.wire &&
      (variable.label === undefined || value === `$${variable.name}` || value === `\${${variable.name}}`),
  );
}

/** The matchers that narrow the series of a name by variables; none for recorded series, which lack the labels of a scrape. */
export function scopeMatchers(
  model: Model,
  name: string,
  variables: readonly ScopeVariable[],
): readonly Matcher[] {
  const series = seriesNamed(model, name);
  if (series === undefined) return [];
  return variables
    .filter((variable) => carries(model, series, variable))
    .map((variable) => matcher(variable.wire, '=~', `$${variable.name}`));
}

/** An expression with every selector narrowed by the variables whose label its metric has, unless it does so already. */
export function narrowed(model: Model, expr: Expr, variables: readonly ScopeVariable[]): Expr {
  return transform(expr, (each) => {
    if (each.kind !== 'selector') return each;
    const name =
      each.metric ??
      each.matchers.find(({ label, operator }) => label === '__name__' && operator === '=')?.value;
    if (name === undefined) return each;
    const open = variables.filter((variable) => !isNarrowed(each, variable));
    return { ...each, matchers: [...scopeMatchers(model, name, open), ...each.matchers] };
  });
}
