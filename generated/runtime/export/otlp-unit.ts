// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { Family } from '../metrics/family.js';

/**
 * Words at the end of a metric's name, and the units that Prometheus turns into the same words: the table of
 * github.com/prometheus/otlptranslator (`metric_namer.go`), read backwards. It is also the Collector's.
 */
const units: ReadonlyMap<string, string> = new Map([
  ['days', 'd'],
  ['hours', 'h'],
  ['minutes', 'min'],
  ['seconds', 's'],
  ['milliseconds', 'ms'],
  ['microseconds', 'us'],
  ['nanoseconds', 'ns'],
  ['bytes', 'By'],
  ['kibibytes', 'KiBy'],
  ['mebibytes', 'MiBy'],
  ['gibibytes', 'GiBy'],
  ['kilobytes', 'KBy'],
  ['megabytes', 'MBy'],
  ['gigabytes', 'GBy'],
  ['meters', 'm'],
  ['volts', 'V'],
  ['amperes', 'A'],
  ['joules', 'J'],
  ['watts', 'W'],
  ['grams', 'g'],
  ['celsius', 'Cel'],
  ['hertz', 'Hz'],
  ['percent', '%'],
]);

/**
 * The unit of a metric in OTLP; empty where its name tells none, or where Prometheus would make another name of name and unit.
 *
 * In OTLP a metric keeps its whole name, `_seconds` and `_total` included. All that show it under a Prometheus name leave these endings
 * alone where they are there already: Prometheus' translation with and without suffixes, the Collector's exporter and
 * @opentelemetry/exporter-prometheus. A shorter name would come back only from those that add endings.
 */
export function otlpUnit(name: string, type: Family['type']): string {
  const words = (type === 'counter' ? name.replace(/_total$/, '') : name).split('_');
  const last = words.at(-1) ?? '';
  // Nothing comes before the unit, or it rates something: `per_second` is no unit of its own.
  if (words.length < 2 || words.at(-2) === 'per') return '';
  // The unit 1 is a word for gauges alone, and of several such words only one would be left.
  if (last === 'ratio') return type === 'gauge' && words.indexOf('ratio') === words.length - 1 ? '1' : '';
  return units.get(last) ?? '';
}
