import { nearest } from '../../../diagnostics/did-you-mean.js';
import type { Label } from '../../../model/model.js';
import { itsLabels, plainList, plural } from '../../../model/checks/words.js';
import { exporterLabels } from '../known.js';
import type { Place, SeenSample } from '../seen.js';
import { listed } from '../tally.js';
import { declared, declaredLabel, type RuleContext, type Subject } from './context.js';

/** Labels that the parts of a histogram have by themselves. */
const ofParts = new Set(['le', 'quantile']);
/** Values that a help text lists. */
const mostListed = 12;

function unknownValue(context: RuleContext, { metric }: Subject, label: Label, sample: SeenSample): void {
  const { bound } = label;
  if (bound.kind !== 'closed') return;
  const value = sample.labels.get(label.wire) ?? '';
  context.tally.add(
    'OBS6023',
    `${metric.name}/${label.wire}`,
    () => {
      const meant = nearest(value, bound.values);
      const list =
        bound.values.length <= mostListed ? plainList(bound.values) : `one of ${bound.values.length} values`;
      return {
        message: `label \`${label.wire}\` of \`${metric.name}\` is \`${value}\`, which is not among its values`,
        range: sample.place(`"${value}"`),
        related: [
          { range: label.origin.of('values'), message: `it is declared as ${list}` },
          declared(metric),
        ],
        help: (details, more) => {
          if (details.length + more > 1)
            return `values that are not declared: ${listed(details, more)}; record declared ones, or add them to \`values\``;
          return meant === undefined
            ? 'record a declared value, or add it to `values`'
            : `did you mean \`${meant}\`? Otherwise add it to \`values\``;
        },
      };
    },
    value,
  );
}

interface Sighting {
  readonly place: Place;
  readonly values: Set<string>;
  count: number;
}

/** Values of an undeclared label that are remembered, to say what to declare. */
const mostValues = 100;
/** Undeclared labels that are told apart. */
const mostLabels = 1000;
/** A label on so many metrics is put there by the client library or a proxy. */
const everywhere = 5;

/** Holds the labels of samples against the spec. */
export class LabelRules {
  readonly #context: RuleContext;
  readonly #undeclared = new Map<
    string,
    Map<string, { readonly subject: Subject; readonly seen: Sighting }>
  >();

  constructor(context: RuleContext) {
    this.#context = context;
  }

  check(subject: Subject, sample: SeenSample): void {
    const { metric } = subject;
    for (const label of metric.labels) {
      const value = sample.labels.get(label.wire);
      if (value === undefined) {
        this.#missing(subject, label, sample);
        continue;
      }
      this.#context.cardinality.note(label, metric.name, value, sample.place);
      if (label.bound.kind === 'closed' && !label.bound.values.includes(value))
        unknownValue(this.#context, subject, label, sample);
    }
    for (const [name, value] of sample.labels) {
      if (ofParts.has(name) || metric.labels.some(({ wire }) => wire === name)) continue;
      if (exporterLabels.test(name) || this.#context.isIgnored(name)) continue;
      this.#note(subject, name, value, sample);
    }
  }

  /** Says what was noted of undeclared labels: one finding for a label that is on every metric, else one for each metric. */
  finish(seenMetrics: number): void {
    for (const [label, metrics] of this.#undeclared) {
      if (metrics.size >= everywhere && metrics.size * 2 > seenMetrics) this.#ofAll(label, metrics);
      else for (const { subject, seen } of metrics.values()) this.#ofOne(label, subject, seen);
    }
  }

  #missing({ metric }: Subject, label: Label, sample: SeenSample): void {
    this.#context.tally.add('OBS6022', `${metric.name}/${label.wire}`, () => ({
      message: `a series of \`${metric.name}\` has no label \`${label.wire}\``,
      range: sample.place(),
      related: [declared(metric), declaredLabel(label)],
      help: `record it with all of its labels: a series without one is not counted by queries that select or group by \`${label.wire}\``,
    }));
  }

  #note(subject: Subject, label: string, value: string, sample: SeenSample): void {
    let metrics = this.#undeclared.get(label);
    // Names of labels that a stranger can choose must not fill the memory.
    if (metrics === undefined && this.#undeclared.size >= mostLabels) {
      this.#context.tally.omit();
      return;
    }
    if (metrics === undefined) {
      metrics = new Map<string, { readonly subject: Subject; readonly seen: Sighting }>();
      this.#undeclared.set(label, metrics);
    }
    let entry = metrics.get(subject.metric.name);
    if (entry === undefined) {
      const place: Place = () => sample.place(label);
      entry = { subject, seen: { place, values: new Set(), count: 0 } };
      metrics.set(subject.metric.name, entry);
    }
    entry.seen.count += 1;
    if (entry.seen.values.size < mostValues) entry.seen.values.add(value);
  }

  #ofOne(label: string, { metric }: Subject, { place, values, count }: Sighting): void {
    const wires = metric.labels.map(({ wire }) => wire);
    const meant = nearest(label, wires);
    const declareIt = values.size >= mostValues ? `cap: …` : `${plural(values.size, 'value')} seen`;
    this.#context.tally.add('OBS6021', `${metric.name}/${label}`, () => ({
      message: `\`${metric.name}\` has the label \`${label}\`, which is not declared${count === 1 ? '' : `; on ${plural(count, 'series', 'series')}`}`,
      range: place(),
      related: [declared(metric)],
      help:
        meant === undefined
          ? `${itsLabels(wires)}; leave it out, or declare it with its values or a cap (${declareIt})`
          : `did you mean \`${meant}\`? ${itsLabels(wires)}`,
    }));
  }

  #ofAll(
    label: string,
    metrics: ReadonlyMap<string, { readonly subject: Subject; readonly seen: Sighting }>,
  ): void {
    const [first] = metrics.values();
    if (first === undefined) return;
    this.#context.tally.add('OBS6021', `*/${label}`, () => ({
      message: `the label \`${label}\` is on ${plural(metrics.size, 'metric')}, and none declares it`,
      range: first.seen.place(),
      related: [declared(first.subject.metric)],
      help: `a default label of the client library, or one that a proxy adds? Leave it to the scrape, or pass --ignore-label ${label}`,
    }));
  }
}
