import { diagnostic } from '../../diagnostics/create.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import type { Label } from '../model.js';
import { labelRange } from './places.js';
import type { CheckInput, Rule } from './rule.js';

/** What is wrong with a wire name on any metric; undefined where nothing is. */
function reservedBecause(wire: string): string | undefined {
  if (wire.startsWith('__')) return 'names with two underscores are internal to Prometheus';
  if (wire === 'job' || wire === 'instance')
    return `the scrape sets it, and renames this label to \`exported_${wire}\``;
  return wire === 'quantile' ? 'it is the quantile of a summary' : undefined;
}

function reservedLabel(label: Label, reason: string): Diagnostic {
  const renamed = `${label.wire.replace(/^_+/, '')}_name`;
  return diagnostic('OBS3016', {
    message: `the label name \`${label.wire}\` is reserved: ${reason}`,
    range: label.origin.text('as')?.range ?? label.origin.key,
    help: `give it another name on the wire: \`as: ${renamed}\``,
  });
}

/** OBS3016: no label has a name that Prometheus uses itself. */
export const reservedLabels: Rule = function* (input) {
  for (const label of input.model.labels.values()) {
    const reason = reservedBecause(label.wire);
    if (reason !== undefined && !label.repaired.has('as')) yield reservedLabel(label, reason);
  }
  for (const metric of input.model.metrics.values()) {
    const le = metric.type === 'histogram' ? metric.labels.find((label) => label.wire === 'le') : undefined;
    if (le === undefined) continue;
    yield diagnostic('OBS3016', {
      message: `the label name \`le\` is reserved: it is the bound of the buckets of \`${metric.name}\``,
      range: labelRange(metric, le),
      related: [{ range: le.origin.key, message: 'the label is declared here' }],
      help: 'give it another name on the wire with `as`, or take it off the histogram',
    });
  }
};

/** OBS3017: the labels of a metric have different names on the wire. */
export const wireNames: Rule = function* (input) {
  for (const metric of input.model.metrics.values()) {
    if (metric.labels.length < 2) continue;
    const byWire = new Map<string, Label>();
    for (const label of metric.labels) {
      const first = byWire.get(label.wire);
      if (first === undefined) {
        byWire.set(label.wire, label);
        continue;
      }
      yield diagnostic('OBS3017', {
        message: `\`${first.key}\` and \`${label.key}\` are both \`${label.wire}\` on the wire`,
        range: labelRange(metric, label),
        related: [
          {
            range: first.origin.text('as')?.range ?? first.origin.key,
            message: `\`${first.key}\` is declared here`,
          },
          {
            range: label.origin.text('as')?.range ?? label.origin.key,
            message: `\`${label.key}\` is declared here`,
          },
        ],
        help: `take one of them off \`${metric.name}\`, or give it another name with \`as\``,
      });
    }
  }
};

/** Whether a reference that leads nowhere may have been meant for a label. */
function hasBrokenReferences({ model }: CheckInput): boolean {
  const broken = (entry: { readonly repaired: ReadonlySet<string> }): boolean =>
    entry.repaired.has('labels') || entry.repaired.has('attributes') || entry.repaired.has('outcome');
  return [...model.metrics.values()].some(broken) || [...model.spans.values()].some(broken);
}

/** OBS3018: each label is on a metric or a span. */
export const unusedLabels: Rule = function* (input) {
  const { metrics, spans, labels } = input.model;
  if (hasBrokenReferences(input)) return;
  const used = new Set<Label>();
  for (const metric of metrics.values()) for (const label of metric.labels) used.add(label);
  for (const span of spans.values()) {
    if (span.outcome !== undefined) used.add(span.outcome.label);
    for (const { label } of span.attributes) if (label !== undefined) used.add(label);
  }
  for (const label of labels.values()) {
    if (used.has(label) || label.origin.preset !== undefined) continue;
    yield diagnostic('OBS3018', {
      message: `no metric and no span uses the label \`${label.key}\``,
      range: label.origin.key,
      help: 'remove it, or add it to a metric',
    });
  }
};
