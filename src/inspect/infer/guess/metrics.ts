import { defaultBuckets } from '../../../model/buckets.js';
import { unitOf } from '../../../model/units.js';
import { seenIn, type Evidence, type SeenMetric } from '../evidence.js';
import { Guess, leaveOut, noted, type Draft, type Entry } from '../draft.js';
import { writtenBuckets } from './buckets.js';
import { guessLabels } from './labels.js';
import { defaultPrefix, nodeDefaults, recognisePresets, type Recognised } from './presets.js';
import { metricHelp } from './words.js';

/** Names of metrics that runtimes of other languages, exporters and sidecars expose. */
const foreign =
  /^(?:go|promhttp|python|jvm|node|container|kube|kubelet|cadvisor|scrape|prometheus|otelcol|target|machine|windows|redis|pg|mysql|mongodb|envoy|istio)_/;

/** What the helpers count about themselves. */
const ownRuntime = /^obsgen_/;

const longestHelp = 500;

/** Whether a label on the wire can be one of the language's. */
function isLabel(name: string): boolean {
  return /^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name);
}

/** Why a metric cannot be one of the spec's own, but only one of others that queries may read. */
function externalReason(metric: SeenMetric): string | undefined {
  if (metric.type === 'summary')
    return 'a summary: its quantiles cannot be added up over instances, so there is no helper for one';
  if (!/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(metric.name)) return 'no helper can have such a name';
  if (metric.name.length > 128) return 'its name is too long for a helper';
  if (foreign.test(metric.name)) return 'by its name another program, or its runtime, exposes it';
  for (const label of metric.labels.keys()) {
    if (label === 'job' || label === 'instance') return `its label ${label} is one that the scrape sets`;
    if (label.startsWith('__') || label === 'quantile' || label === 'le')
      return `its label ${label} is one of Prometheus' own`;
    if (!isLabel(label)) return `its label ${label} has a name that the language does not know`;
  }
  return metric.labels.size > 12 ? 'it has more than twelve labels' : undefined;
}

/** An entry of `external`. */
export function externalEntry(
  metric: SeenMetric,
  skipped: (label: string) => boolean,
  reason: string,
): Entry {
  const labels = [...metric.labels.keys()].filter((label) => !skipped(label));
  const help = metric.help === undefined || metric.help === '' ? undefined : metric.help;
  return {
    type: noted(metric.type, reason),
    ...(labels.length > 0 && labels.every(isLabel) && seenIn(metric, 'page') ? { labels: [...labels] } : {}),
    ...(help === undefined ? {} : { description: help.slice(0, 8000) }),
  };
}

function typeOf(metric: SeenMetric): string | Guess<string> {
  if (metric.type !== 'unknown')
    return metric.typeGuess === undefined ? metric.type : new Guess(metric.type, metric.typeGuess);
  return metric.name.endsWith('_total')
    ? new Guess('counter', 'by its name: the page does not say')
    : new Guess('gauge', 'the page does not say');
}

function helpOf(evidence: Evidence, metric: SeenMetric): string | Guess<string> {
  const { help, name } = metric;
  // eslint-disable-next-line no-control-regex
  const words = help?.replace(/[\u0000-\u001f\u007f\s]+/g, ' ').trim() ?? '';
  if (words === '') return new Guess(metricHelp(name), 'from its name');
  if (words.length <= longestHelp) return words;
  evidence.note(
    'changed',
    `metrics.${name}`,
    `its help is cut at ${longestHelp} characters`,
    metric.sightings[0]?.where,
  );
  return words.slice(0, longestHelp);
}

function bucketsOf(metric: SeenMetric): Entry {
  if (metric.type !== 'histogram') return {};
  if (metric.buckets !== undefined && metric.buckets.length > 0 && metric.buckets.length <= 100) {
    const written = writtenBuckets(metric.buckets);
    return { buckets: metric.bucketsGuess === undefined ? written : new Guess(written, metric.bucketsGuess) };
  }
  const bounds = defaultBuckets(unitOf(metric.name));
  const preset = bounds === undefined ? { preset: 'seconds' } : writtenBuckets(bounds);
  return { buckets: new Guess(preset, 'no source says which they are') };
}

function rangeOf({ name, type, low, high }: SeenMetric): Entry {
  if (type !== 'gauge' || low > high || low < 0 || high > 1) return {};
  if (/_ratio$/.test(name)) return { range: new Guess([0, 1], 'a ratio') };
  const isSwitch = /_(?:up|info)$/.test(name) && Number.isInteger(low) && Number.isInteger(high);
  return isSwitch ? { range: new Guess([0, 1], 'by its name') } : {};
}

/** An entry of `metrics`. @param keys of its labels */
function metricEntry(evidence: Evidence, metric: SeenMetric, keys: readonly string[]): Entry {
  return {
    type: typeOf(metric),
    help: helpOf(evidence, metric),
    ...(keys.length === 0 ? {} : { labels: [...keys] }),
    ...bucketsOf(metric),
    ...(metric.exemplars && metric.type !== 'gauge' ? { exemplars: true } : {}),
    ...(metric.aggregate === undefined || metric.aggregate === 'sum' ? {} : { aggregate: metric.aggregate }),
    ...rangeOf(metric),
  };
}

/** A counter of any other name is an error of the spec: this one is in use. */
function keepName(evidence: Evidence, draft: Draft, metric: SeenMetric): void {
  if (metric.type !== 'counter' || metric.name.endsWith('_total')) return;
  draft.suppress.push({
    code: 'OBS3010',
    at: `metrics.${metric.name}`,
    reason: 'the name is in use: what reads it would find nothing under another one',
  });
  evidence.note(
    'look',
    `metrics.${metric.name}`,
    'a counter whose name does not end in _total keeps its name; on an OpenMetrics page it is appended',
    metric.sightings[0]?.where,
  );
}

/** The bounds of a preset's histogram where the page has others. */
function overriddenBuckets(draft: Draft, { facts }: Recognised, evidence: Evidence): void {
  for (const [name, { type, bounds: declared }] of facts.metrics) {
    const bounds = type === 'histogram' ? evidence.metrics.get(name)?.buckets : undefined;
    if (bounds !== undefined && bounds.join() !== declared.join())
      draft.metrics.set(name, { buckets: writtenBuckets(bounds) });
  }
}

/** The metric with the labels that its rows have: what is on the page counts, whatever the code declares. */
function settledLabels(
  evidence: Evidence,
  metric: SeenMetric,
  skipped: (label: string) => boolean,
): SeenMetric {
  const labels = new Map(metric.labels);
  for (const [name, { rows }] of metric.labels) {
    if (metric.rows === 0 || rows === metric.rows || skipped(name)) continue;
    const where = metric.sightings[0]?.where;
    if (rows > 0) {
      const message = `${metric.rows - rows} of the ${metric.rows} rows that were seen have no label ${name}`;
      evidence.note('look', `metrics.${metric.name}`, message, where);
      continue;
    }
    labels.delete(name);
    evidence.note(
      'left out',
      `metrics.${metric.name}`,
      `the label ${name} of the code, which no row on the page has`,
      where,
    );
  }
  return labels.size === metric.labels.size ? metric : { ...metric, labels };
}

/**
 * Sorts what was seen into presets, metrics of the spec's own and metrics of others.
 * @param seenOnly whether metrics without a value on any page are none of the spec's own
 */
export function draftMetrics(
  evidence: Evidence,
  draft: Draft,
  skipped: (label: string) => boolean,
  seenOnly = false,
): void {
  const presets = recognisePresets(evidence, skipped);
  const ofPresets = new Set(presets.flatMap(({ facts }) => [...facts.metrics.keys()]));
  for (const each of presets) {
    draft.presets.push(new Guess(each.facts.name, each.reason));
    overriddenBuckets(draft, each, evidence);
  }
  const prefix = defaultPrefix(evidence);
  const defaults = new Set(
    nodeDefaults().flatMap((name) => [name, ...(prefix === undefined ? [] : [prefix + name])]),
  );
  const own: SeenMetric[] = [];
  for (const metric of evidence.metrics.values()) {
    if (!seenIn(metric, 'page') && !seenIn(metric, 'code')) continue;
    if (ofPresets.has(metric.name)) continue;
    if (ownRuntime.test(metric.name)) continue;
    const isDefault = defaults.has(metric.name);
    const isIdle = seenOnly && metric.rows === 0;
    if (isIdle && !seenIn(metric, 'page')) {
      evidence.note('left out', `metrics.${metric.name}`, 'no page has it', metric.sightings[0]?.where);
      continue;
    }
    const reason = isDefault
      ? "prom-client's collectDefaultMetrics() collects it"
      : (externalReason(metric) ?? (isIdle ? 'no page has a value of it' : undefined));
    if (reason === undefined) own.push(settledLabels(evidence, metric, skipped));
    else {
      draft.external.set(metric.name, externalEntry(metric, skipped, reason));
      if (!isDefault)
        evidence.note(
          'changed',
          `metrics.${metric.name}`,
          `declared as a metric of others: ${reason}`,
          metric.sightings[0]?.where,
        );
    }
  }
  own.sort((a, b) => (a.name < b.name ? -1 : 1));
  const { entries, ofMetric } = guessLabels(evidence, own, skipped);
  for (const [key, entry] of entries) draft.labels.set(key, entry);
  for (const metric of own) {
    draft.metrics.set(metric.name, metricEntry(evidence, metric, ofMetric.get(metric.name) ?? []));
    keepName(evidence, draft, metric);
    if (metric.nameGuess !== undefined)
      evidence.note(
        'look',
        `metrics.${metric.name}`,
        `its name is ${metric.nameGuess}: hold it against a page`,
        metric.sightings[0]?.where,
      );
  }
}

/** Turns a metric that was to be the spec's own into one of others. */
export function demote(
  draft: Draft,
  evidence: Evidence,
  name: string,
  skipped: (label: string) => boolean,
  reason: string,
): void {
  const metric = evidence.metrics.get(name);
  draft.metrics.delete(name);
  const at = `metrics.${name}`;
  const kept = draft.suppress.filter((each) => each['at'] !== at);
  draft.suppress.splice(0, draft.suppress.length, ...kept);
  if (metric === undefined) return;
  draft.external.set(name, externalEntry(metric, skipped, reason));
  leaveOut(draft, 'metrics', [`left out: ${name}, now under external: ${reason}`]);
  evidence.note('changed', at, `declared as a metric of others: ${reason}`, metric.sightings[0]?.where);
}
