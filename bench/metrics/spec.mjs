// The parts of bench/spec.yaml that the load needs, so that they are written down once.
import { readFileSync } from 'node:fs';
import { URL } from 'node:url';
import { parse } from 'yaml';

const spec = parse(readFileSync(new URL('../spec.yaml', import.meta.url), 'utf8'));

/**
 * The same texts as a program has them that writes them as literals: a key of an object is a string that the engine keeps once, and
 * compares by its address. Those of a parser are pieces of the file.
 */
function literals(texts) {
  return Object.keys(Object.fromEntries(texts.map((text) => [text, true])));
}

/** Upper bounds of all histograms. */
export const buckets = spec.metrics.latency_seconds.buckets;

/** The values of a closed label. */
export function valuesOf(label) {
  return literals(spec.labels[label].values);
}

/** [{name, helper, type, labels: [{name, values}]}] of the metrics whose names begin with a text; an open label gets 40 values. */
export function metricsNamed(start) {
  return Object.entries(spec.metrics)
    .filter(([name]) => name.startsWith(start))
    .map(([name, { type, labels }]) => ({
      name,
      helper: name.replaceAll(/_(.)/g, (_, letter) => letter.toUpperCase()),
      type,
      labels: labels.map((label) => ({
        name: spec.labels[label].as ?? label,
        values: spec.labels[label].values === undefined ? openValues(label) : valuesOf(label),
      })),
    }));
}

/** Values of an open label, as long as names of models and tools are. */
export function openValues(label, count = 40) {
  return literals(Array.from({ length: count }, (_, index) => `${label}-${index}-of-the-provider`));
}
