import { diagnostic } from '../../diagnostics/create.js';
import { nearest } from '../../diagnostics/did-you-mean.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import type { Text } from '../../diagnostics/text.js';
import { templateLabels } from '../../promql/alert-template.js';
import { rangeIn } from '../../promql/query.js';
import type { Alert, Label, Model, Query } from '../model.js';
import { isInfrastructureLabel } from './infrastructure-labels.js';
import { resultLabels, type ResultLabels } from '../analysis.js';
import type { Rule } from './rule.js';
import { plainList } from './words.js';

function ofQuery(model: Model, { expr }: Query): ResultLabels | undefined {
  return expr === undefined ? undefined : resultLabels(model, expr);
}

const groupedBy = (by: readonly Label[]): ResultLabels => ({
  closed: true,
  labels: new Set(by.map((label) => label.wire)),
});

/** The labels that an alert's result carries, as far as its form and syntax tell. */
function carried(model: Model, { condition, repaired }: Alert): ResultLabels | undefined {
  if (repaired.has(condition.form)) return undefined;
  switch (condition.form) {
    case 'expr':
      return ofQuery(model, condition.query);
    case 'anomaly': {
      const result = ofQuery(model, condition.query);
      // Its value is recorded under these labels as well.
      return result && { closed: result.closed, labels: new Set([...result.labels, 'anomaly', 'service']) };
    }
    case 'ratio':
    case 'forecast':
      return groupedBy(condition.by);
    case 'absent': {
      const { expr } = condition.selector;
      if (expr?.kind === 'call') return resultLabels(model, expr);
      return expr && resultLabels(model, { kind: 'call', func: 'absent', args: [expr] });
    }
  }
}

function wayOut(alert: Alert, label: string, result: ResultLabels, wires: ReadonlySet<string>): string {
  const near = nearest(label, result.labels);
  if (near !== undefined) return `did you mean \`${near}\`?`;
  const { form } = alert.condition;
  const labels = [...result.labels];
  const has = labels.length === 0 ? 'the result has no labels' : `the result has ${plainList(labels)}`;
  if (!result.closed || form === 'absent') return has;
  if (form === 'ratio' || form === 'forecast')
    return wires.has(label) ? `${has}; add the label to \`by\`` : has;
  return `${has}; keep the label with \`by (${label})\``;
}

function* templateOf(
  model: Model,
  alert: Alert,
  text: Text,
  wires: ReadonlySet<string>,
): Iterable<Diagnostic> {
  const { labels, errors } = templateLabels(text.value);
  for (const { message, help, ...at } of errors) {
    yield diagnostic('OBS3302', { message, range: rangeIn(text, at), help });
  }
  const result = labels.length === 0 ? undefined : carried(model, alert);
  if (result === undefined) return;
  for (const { name, ...at } of labels) {
    if (result.labels.has(name)) continue;
    const near = nearest(name, result.labels);
    // The scrape may have added a label to a series, but not to what an aggregation left over.
    const isCertain =
      result.closed || (!isInfrastructureLabel(name) && (near !== undefined || wires.has(name)));
    if (!isCertain) continue;
    const range = rangeIn(text, at);
    yield diagnostic('OBS3301', {
      message: `the alert's result has no label \`${name}\``,
      range,
      related: [{ range: conditionRange(alert), message: 'the result of this' }],
      help: wayOut(alert, name, result, wires),
      fix: near === undefined ? undefined : { range, text: near },
    });
  }
}

function conditionRange({ condition, origin }: Alert) {
  return origin.of(condition.form);
}

/** OBS3301, OBS3302: the texts of alerts are templates that Prometheus reads, and name labels that are there. */
export const alertTemplates: Rule = function* ({ model }) {
  const wires = new Set([...model.labels.values()].map((label) => label.wire));
  for (const alert of model.alerts.values()) {
    const { summary, description, repaired } = alert;
    if (!repaired.has('summary')) yield* templateOf(model, alert, summary, wires);
    if (description !== undefined && !repaired.has('description')) {
      yield* templateOf(model, alert, description, wires);
    }
  }
};
