import { resultLabels } from '../model/analysis.js';
import type { Alert, Model } from '../model/model.js';
import { runbookUrl } from '../model/runbook.js';
import { escapeTemplate } from '../promql/alert-template.js';
import type { Expr } from '../promql/ast.js';

/**
 * The labels of an alert. `service` and `owner` are left to the series where its own labels may include one of that name: a rule's label
 * replaces a series' label, and two series could become one and the same alert, which Prometheus refuses.
 */
export function labelsOf(
  model: Model,
  expr: Expr,
  severity: Alert['severity'],
  owner: string | undefined,
  own: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const carried = resultLabels(model, expr)?.labels ?? new Set<string>();
  const labels = new Map<string, string>([['severity', severity]]);
  if (!carried.has('service')) labels.set('service', model.service.name);
  if (owner !== undefined && !carried.has('owner')) labels.set('owner', owner);
  for (const [label, value] of own) labels.set(label, escapeTemplate(value));
  return labels;
}

/** The annotations of an alert; summary and description are templates already. */
export function annotationsOf(
  model: Model,
  name: string,
  summary: string,
  description: string | undefined,
): ReadonlyMap<string, string> {
  const annotations = new Map([['summary', summary]]);
  if (description !== undefined) annotations.set('description', description);
  const url = runbookUrl(model, name);
  if (url !== undefined) annotations.set('runbook_url', escapeTemplate(url));
  return annotations;
}
